//! Settings: `Leptos.toml` in the folder the server starts in, or the copy it was built with; the environment wins.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use ipnet::IpNet;
use leptos::config::LeptosOptions;
use serde::Deserialize;

use super::text_input;

/// See [`Config::look_every`].
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What stands in for a missing file.
const BUILT_IN: &str = include_str!("../../Leptos.toml");

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder for keys and the SQLite file.
    pub data: PathBuf,
    pub database_url: String,
    /// The portal's public address, without a slash at its end.
    pub url: String,
    /// The registry's host as customers type it.
    pub registry: String,
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
    /// A picture's path; empty where there is none.
    pub logo: String,
    pub log: String,
    /// How often the stream of an open page looks for changes. No setting: only tests choose another.
    pub look_every: Duration,
    pub leptos: LeptosOptions,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Settings {
    data: String,
    database_url: String,
    url: String,
    registry: String,
    service: String,
    issuer: String,
    token_lifetime: i64,
    tokens_per_person: i64,
    tokens_per_project: i64,
    session_hours: i64,
    trusted_proxies: Vec<String>,
    vendor: String,
    accent: String,
    logo: String,
    log: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    registry_tokens: toml::Table,
}

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// One line that names the setting and says what is wrong with it.
    pub fn load() -> Result<Self, String> {
        let file = Path::new("Leptos.toml");
        let text = match file.try_exists() {
            Ok(false) => BUILT_IN.to_owned(),
            _ => text_input::read_file(file)?,
        };
        Self::read(&text, |name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// What looks like a mistake and may be none, in one line for the log.
    pub fn doubt(&self) -> Option<&'static str> {
        let is_behind_a_proxy = self.url.starts_with("https://");
        (is_behind_a_proxy && self.trusted_proxies.is_empty()).then_some(
            "REGISTRY_TOKENS_URL is https, so a proxy stands in front, but REGISTRY_TOKENS_TRUSTED_PROXIES names none: \
             every client counts as one address",
        )
    }

    /// Settings of a file's text, over those it was built with, under those of `environment`.
    pub fn read(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let leptos = leptos_options(text)?;
        let mut table = table(BUILT_IN)?;
        table.extend(table_or_empty(text)?);
        let mut settings: Settings =
            table.try_into().map_err(|cause: toml::de::Error| format!("Leptos.toml: {}", one_line(cause.message())))?;

        let take = |name: &str, into: &mut String| {
            if let Some(value) = environment(name) {
                *into = value;
            }
        };
        take("REGISTRY_TOKENS_DATA", &mut settings.data);
        take("DATABASE_URL", &mut settings.database_url);
        take("REGISTRY_TOKENS_URL", &mut settings.url);
        take("REGISTRY_TOKENS_REGISTRY", &mut settings.registry);
        take("REGISTRY_TOKENS_SERVICE", &mut settings.service);
        take("REGISTRY_TOKENS_ISSUER", &mut settings.issuer);
        take("REGISTRY_TOKENS_VENDOR", &mut settings.vendor);
        take("REGISTRY_TOKENS_ACCENT", &mut settings.accent);
        take("REGISTRY_TOKENS_LOGO", &mut settings.logo);
        take("REGISTRY_TOKENS_LOG", &mut settings.log);
        let number = |name: &str, into: &mut i64, allowed: std::ops::RangeInclusive<i64>| {
            if let Some(value) = environment(name) {
                *into = value.parse().map_err(|_| format!("{name}: {value:?} is not a whole number"))?;
            }
            if allowed.contains(into) {
                Ok(())
            } else {
                Err(format!("{name}: {into} is not between {} and {}", allowed.start(), allowed.end()))
            }
        };
        number("REGISTRY_TOKENS_LIFETIME", &mut settings.token_lifetime, 60..=900)?;
        number("REGISTRY_TOKENS_PER_PERSON", &mut settings.tokens_per_person, 1..=1_000_000)?;
        number("REGISTRY_TOKENS_PER_PROJECT", &mut settings.tokens_per_project, 1..=1_000_000)?;
        number("REGISTRY_TOKENS_SESSION_HOURS", &mut settings.session_hours, 1..=720)?;
        if let Some(list) = environment("REGISTRY_TOKENS_TRUSTED_PROXIES") {
            settings.trusted_proxies = list.split(',').map(|network| network.trim().to_owned()).collect();
        }

        settings.check(leptos)
    }
}

impl Settings {
    fn check(self, leptos: LeptosOptions) -> Result<Config, String> {
        let url = if self.url.is_empty() { format!("http://{}", leptos.site_addr) } else { self.url };
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(format!("REGISTRY_TOKENS_URL: {url:?} must start with http:// or https://"));
        }
        let accent_is_colour = self
            .accent
            .strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if !accent_is_colour {
            return Err(format!("REGISTRY_TOKENS_ACCENT: {:?} is not a colour such as #b83e00", self.accent));
        }
        if !["error", "warn", "info", "debug", "trace"].contains(&self.log.as_str()) {
            return Err(format!("REGISTRY_TOKENS_LOG: {:?} is none of error, warn, info, debug, trace", self.log));
        }
        let trusted_proxies = self.trusted_proxies.iter().map(|network| parse_network(network)).collect::<Result<_, _>>()?;
        let data = PathBuf::from(self.data);
        let database_url = if self.database_url.is_empty() {
            format!("sqlite:{}", data.join("registry-tokens.sqlite").display())
        } else {
            self.database_url
        };
        Ok(Config {
            data,
            database_url,
            url: url.trim_end_matches('/').to_owned(),
            registry: self.registry,
            service: self.service,
            issuer: self.issuer,
            token_lifetime: self.token_lifetime,
            tokens_per_person: self.tokens_per_person,
            tokens_per_project: self.tokens_per_project,
            session_hours: self.session_hours,
            trusted_proxies,
            vendor: self.vendor,
            accent: self.accent,
            logo: self.logo,
            log: self.log,
            look_every: LOOK_EVERY,
            leptos,
        })
    }
}

/// The section of Leptos itself; `LEPTOS_…` in the environment wins there too.
fn leptos_options(text: &str) -> Result<LeptosOptions, String> {
    let text = if text.contains("[package.metadata.leptos]") { text } else { BUILT_IN };
    leptos::config::get_config_from_str(text)
        .map_err(|cause| format!("Leptos.toml or LEPTOS_…: {}", one_line(&cause.to_string())))
}

fn parse_network(text: &str) -> Result<IpNet, String> {
    IpNet::from_str(text)
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("REGISTRY_TOKENS_TRUSTED_PROXIES: {text:?} is not a network such as 10.0.0.0/8"))
}

fn table(text: &str) -> Result<toml::Table, String> {
    let file: File = toml::from_str(text).map_err(|cause| format!("Leptos.toml: {}", one_line(&cause.to_string())))?;
    Ok(file.registry_tokens)
}

/// A file with only the section of Leptos is a whole file.
fn table_or_empty(text: &str) -> Result<toml::Table, String> {
    let whole: toml::Table = toml::from_str(text).map_err(|cause| format!("Leptos.toml: {}", one_line(&cause.to_string())))?;
    if whole.contains_key("registry-tokens") { table(text) } else { Ok(toml::Table::new()) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let (own, cargo) = (section(BUILT_IN), section(include_str!("../../Cargo.toml")));
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
        assert_eq!(config.database_url, "sqlite:data/registry-tokens.sqlite");
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
            assert_eq!(config.doubt().is_some(), doubted, "{url} {proxies}");
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
}
