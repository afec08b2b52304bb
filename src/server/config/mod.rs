//! Settings: `Leptos.toml` in the current folder, or else the copy compiled into the binary. Environment variables override
//! both.

pub mod help_line;
pub mod setting;
mod setting_source;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use ipnet::IpNet;
use leptos::config::LeptosOptions;

use crate::models::help_line::HelpLine;

use super::{
    db::database_url::{self, DatabaseUrl, SqliteUrl},
    files::text_input,
};

use setting::{LogFormat, PublicUrl, RegistryHost};
use setting_source::{BUILT_IN, Source, one_line};

/// See [`Config::poll_interval`].
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// All settings, validated.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder for keys and the SQLite file.
    pub data: PathBuf,
    pub database_url: DatabaseUrl,
    /// The portal's public URL.
    pub url: PublicUrl,
    /// The registry's host, as customers type it.
    pub registry: RegistryHost,
    pub service: String,
    pub issuer: String,
    /// Seconds.
    pub token_lifetime: i64,
    pub tokens_per_person: i64,
    pub tokens_per_project: i64,
    pub session_hours: i64,
    pub trusted_proxies: Vec<IpNet>,
    pub vendor: String,
    /// `#rrggbb`.
    pub accent: String,
    /// Path of an image file; empty for none.
    pub logo: String,
    /// The contact for users, shown on the sign-in page and on "not found" pages.
    pub help_line: HelpLine,
    /// The lowest level that is logged.
    pub log: String,
    pub log_format: LogFormat,
    /// The poll interval of event streams. Not a setting: only tests change it.
    pub poll_interval: Duration,
    pub leptos: LeptosOptions,
}

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// See [`Config::read`].
    pub fn load() -> Result<Self, String> {
        let file = Path::new("Leptos.toml");
        let text = match file.try_exists() {
            Ok(false) => BUILT_IN.to_owned(),
            _ => text_input::read_file(file)?,
        };
        // A value that is not UTF-8 gets replacement characters, which the parser refuses with the variable's name.
        Self::read(&text, |name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    /// Warnings about settings that are valid but probably wrong, one line each for the log.
    pub fn warnings(&self) -> Vec<&'static str> {
        let is_behind_a_proxy = self.url.starts_with("https://");
        let checks = [
            (
                is_behind_a_proxy && self.trusted_proxies.is_empty(),
                "REGISTRY_TOKENS_URL is https, so a proxy stands in front, but REGISTRY_TOKENS_TRUSTED_PROXIES names none: \
                 every client counts as one address",
            ),
            (
                self.url.stated().is_none(),
                "REGISTRY_TOKENS_URL is not set and the portal listens on all addresses: set it to the address that people \
                 open, such as https://tokens.example.com; until then answers leave it out",
            ),
            (
                !self.registry.is_host_to_docker(),
                "REGISTRY_TOKENS_REGISTRY has neither a dot nor a port: docker takes such a name for a repository on Docker Hub",
            ),
            (
                self.registry.is_loopback() && !self.url.is_loopback(),
                "REGISTRY_TOKENS_REGISTRY is an address of this machine, and the portal's is not: customers cannot reach it",
            ),
        ];
        checks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, warning)| warning).collect()
    }

    /// Parses settings. `environment` overrides the file's `text`, which overrides the built-in defaults.
    ///
    /// # Errors
    /// One line for each wrong setting: its name, its value and the required form. With more than one, a line with their
    /// number comes first.
    pub fn read(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut source = Source::read(text, &environment)?;
        let listener = listener(text, &mut source);
        let config = Self::parse(&mut source, listener, text);
        let wrong = source.wrong();
        match (config, wrong.len()) {
            (Some(config), 0) => Ok(config),
            (_, 1) => Err(wrong.concat()),
            (_, count) => Err(format!("{count} settings are wrong\n{}", wrong.join("\n"))),
        }
    }

    /// Parses every setting, so that all errors are collected; `None` if any is wrong.
    fn parse(source: &mut Source<'_>, listener: Option<SocketAddr>, text: &str) -> Option<Self> {
        let data = source.text("data", "REGISTRY_TOKENS_DATA", setting::line);
        let url = source.text("url", "REGISTRY_TOKENS_URL", |text| match (text, listener) {
            ("", Some(listener)) => Ok(Some(PublicUrl::of_listener(listener))),
            ("", None) => Ok(None),
            (text, _) => text.parse().map(Some),
        });
        let database_url = source.secret("database-url", "DATABASE_URL", database_url::shown, |text| {
            setting::optional_line(text).and_then(|url| database_url::check(&url).map(|()| url))
        });
        let registry = source.text("registry", "REGISTRY_TOKENS_REGISTRY", str::parse);
        let service = source.text("service", "REGISTRY_TOKENS_SERVICE", setting::registry_word);
        let issuer = source.text("issuer", "REGISTRY_TOKENS_ISSUER", setting::registry_word);
        let token_lifetime = source.number("token-lifetime", "REGISTRY_TOKENS_LIFETIME", 60..=900);
        let tokens_per_person = source.number("tokens-per-person", "REGISTRY_TOKENS_PER_PERSON", 1..=1_000_000);
        let tokens_per_project = source.number("tokens-per-project", "REGISTRY_TOKENS_PER_PROJECT", 1..=1_000_000);
        let session_hours = source.number("session-hours", "REGISTRY_TOKENS_SESSION_HOURS", 1..=720);
        let trusted_proxies = source.list("trusted-proxies", "REGISTRY_TOKENS_TRUSTED_PROXIES", setting::network);
        let vendor = source.text("vendor", "REGISTRY_TOKENS_VENDOR", setting::line);
        let accent = source.text("accent", "REGISTRY_TOKENS_ACCENT", setting::colour);
        let logo = source.text("logo", "REGISTRY_TOKENS_LOGO", setting::optional_line);
        let help_line = source.text("help-line", "REGISTRY_TOKENS_HELP_LINE", help_line::parse);
        let log = source.text("log", "REGISTRY_TOKENS_LOG", setting::log_level);
        let log_format = source.text("log-format", "REGISTRY_TOKENS_LOG_FORMAT", setting::log_format);
        let leptos = leptos_options(text, listener, source);
        let data = PathBuf::from(data?);
        let database_url = database_url.map(|url| match url.as_str() {
            "" => SqliteUrl::write(&data.join("registry-tokens.sqlite")),
            _ => url,
        });
        Some(Self {
            data,
            database_url: database_url?.into(),
            url: url??,
            registry: registry?,
            service: service?,
            issuer: issuer?,
            token_lifetime: token_lifetime?,
            tokens_per_person: tokens_per_person?,
            tokens_per_project: tokens_per_project?,
            session_hours: session_hours?,
            trusted_proxies: trusted_proxies?,
            vendor: vendor?,
            accent: accent?,
            logo: logo?,
            help_line: help_line?,
            log: log?,
            log_format: log_format?,
            poll_interval: POLL_INTERVAL,
            leptos: leptos?,
        })
    }
}

/// The text with the Leptos section: the file, or the built-in one.
fn leptos_text(text: &str) -> &str {
    if text.contains("[package.metadata.leptos]") { text } else { BUILT_IN }
}

/// The address to listen on. Parsed here, because the error of Leptos names neither the setting nor its value.
fn listener(text: &str, source: &mut Source<'_>) -> Option<SocketAddr> {
    let file: Option<toml::Table> = toml::from_str(leptos_text(text)).ok();
    let section = file.as_ref().and_then(|file| file.get("package")?.get("metadata")?.get("leptos")?.get("site-addr"));
    let default = section.and_then(toml::Value::as_str).unwrap_or("127.0.0.1:3000");
    source.value("LEPTOS_SITE_ADDR", default, setting::listener)
}

/// Parses the Leptos section; `LEPTOS_…` variables override it too. `None` without a further error if the listen address is
/// wrong.
fn leptos_options(text: &str, listener: Option<SocketAddr>, source: &mut Source<'_>) -> Option<LeptosOptions> {
    let listener = listener?;
    match leptos::config::get_config_from_str(leptos_text(text)) {
        Ok(mut options) => {
            options.site_addr = listener;
            Some(options)
        }
        Err(cause) => {
            source.add(format!("Leptos.toml or LEPTOS_…: {}", one_line(&cause.to_string())));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Config};

    #[test]
    fn the_section_of_leptos_says_the_same_as_cargo_toml() {
        let section = |text: &str| {
            let table: toml::Table = toml::from_str(text).expect("TOML");
            table["package"]["metadata"]["leptos"].as_table().expect("a section").clone()
        };
        let (own, cargo) = (section(BUILT_IN), section(include_str!("../../../Cargo.toml")));
        for (name, value) in own {
            assert_eq!(cargo.get(&name), Some(&value), "{name}");
        }
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_what_was_built_in() {
        let file =
            "[registry-tokens]\nservice = \"a\"\nissuer = \"b\"\n[package.metadata.leptos]\noutput-name = \"registry-tokens\"\n";
        let config = Config::read(file, |name| (name == "REGISTRY_TOKENS_ISSUER").then(|| "c".to_owned())).expect("settings");
        assert_eq!((config.service.as_str(), config.issuer.as_str(), config.token_lifetime), ("a", "c", 300));
        assert_eq!(&*config.database_url, "sqlite:data/registry-tokens.sqlite");
    }

    #[test]
    fn https_without_a_trusted_proxy_is_doubted() {
        for (url, proxies, doubted) in [
            ("https://tokens.example.test", "", true),
            ("https://tokens.example.test", "10.0.0.0/8", false),
            ("http://tokens.example.test", "", false),
        ] {
            let settings = [("REGISTRY_TOKENS_URL", url), ("REGISTRY_TOKENS_TRUSTED_PROXIES", proxies)];
            let value = |asked: &str| settings.iter().find(|(name, value)| *name == asked && !value.is_empty());
            let config = Config::read("", |asked| value(asked).map(|(_, value)| (*value).to_owned())).expect("settings");
            assert_eq!(config.warnings().iter().any(|warning| warning.contains("TRUSTED_PROXIES")), doubted, "{url} {proxies}");
        }
    }

    #[test]
    fn what_cannot_be_taken_is_named() {
        for (name, value) in [
            ("REGISTRY_TOKENS_LIFETIME", "5"),
            ("REGISTRY_TOKENS_PER_PERSON", "many"),
            ("REGISTRY_TOKENS_URL", "portal"),
            ("REGISTRY_TOKENS_ACCENT", "red;}"),
            ("REGISTRY_TOKENS_LOG", "loud"),
            ("REGISTRY_TOKENS_TRUSTED_PROXIES", "10.0.0.0/99"),
        ] {
            let error = Config::read(BUILT_IN, |asked| (asked == name).then(|| value.to_owned())).expect_err(name);
            assert!(error.starts_with(name) && !error.contains('\n'), "{error}");
        }
        let error = Config::read("[registry-tokens]\nurk = 1\n", |_| None).expect_err("an unknown setting");
        assert!(error.contains("urk"), "{error}");
    }

    #[test]
    fn a_configuration_prints_no_password() {
        for (url, password) in [
            ("postgres://portal:s3cret-1@db.example.test/tokens", "s3cret-1"),
            ("postgresql://db.example.test/tokens?user=portal&password=hunter2", "hunter2"),
        ] {
            let config = Config::read("", |name| (name == "DATABASE_URL").then(|| url.to_owned())).expect("settings");
            let printed = format!("{config:?} {config:#?} {:?}", config.database_url);
            assert!(!printed.contains(password) && printed.contains("://…"), "{printed}");
            assert_eq!(&*config.database_url, url);
        }
    }
}
