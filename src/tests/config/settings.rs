//! Settings are parsed into types at startup: each error names the setting, the value and the expected form, all errors at once.

use crate::server::{config::Config, db::Database};

use crate::tests::support::{TestApp, on_both};

on_both! {
    a_portal_on_all_addresses_tells_no_address_that_nobody_can_open,
    a_portal_with_an_address_tells_it,
}

fn read(settings: &[(&str, &str)]) -> Result<Config, String> {
    Config::read("", |asked| settings.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).to_owned()))
}

/// Checks that each value is rejected with one line: the setting's name, the value and a part of the expected form.
fn assert_refused(name: &str, values: &[(&str, &str)]) {
    for (value, said) in values {
        let error = read(&[(name, value)]).expect_err(value);
        let shown = format!("{value:?}");
        assert!(error.starts_with(&format!("{name}: {shown} ")) && error.contains(said), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

async fn a_portal_on_all_addresses_tells_no_address_that_nobody_can_open(app: TestApp) {
    for listener in ["0.0.0.0:3000", "[::]:8080"] {
        let url = read(&[("LEPTOS_SITE_ADDR", listener)]).expect("settings").url;
        assert_eq!(url.stated(), None);
    }
    let config = read(&[("LEPTOS_SITE_ADDR", "0.0.0.0:3000")]).expect("settings");
    assert!(config.warnings().iter().any(|warning| warning.starts_with("REGISTRY_TOKENS_URL is not set")));
    let app = app.with(|own| own.url = config.url).await;
    let refused = app.browser().ask("acme.nobody", "wrong", &[]).await;
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("Look at it in the portal.\""), "{}", refused.body);
    let sign_in = app.browser().get("/sign-in").await;
    for reply in [refused, sign_in] {
        assert!(!reply.seen().contains("0.0.0.0") && !reply.seen().contains("http://127.0.0.1"), "{}", reply.seen());
    }
}

async fn a_portal_with_an_address_tells_it(app: TestApp) {
    for (url, told) in [
        ("https://tokens.example.test/", "https://tokens.example.test"),
        ("HTTPS://Tokens.Example.Test:443", "https://tokens.example.test"),
        ("https://tökens.example.test:8443", "https://xn--tkens-jua.example.test:8443"),
        ("http://[2001:db8::7]:3000", "http://[2001:db8::7]:3000"),
    ] {
        let settings = read(&[("REGISTRY_TOKENS_URL", url), ("LEPTOS_SITE_ADDR", "0.0.0.0:3000")]).expect(url);
        assert_eq!(settings.url.stated(), Some(told));
        assert!(!settings.warnings().iter().any(|warning| warning.starts_with("REGISTRY_TOKENS_URL is not set")));
    }
    let body = app.browser().ask("acme.nobody", "wrong", &[]).await.body;
    assert!(body.contains("in the portal: http://127.0.0.1:3000\""), "{body}");
}

#[test]
fn a_registry_is_a_host_and_perhaps_a_port() {
    let form = "is not a host such as";
    assert_refused(
        "REGISTRY_TOKENS_REGISTRY",
        &[
            ("https://registry.example.com", form),
            ("registry.example.com/", form),
            ("registry.example.com/wso2", form),
            (" registry.example.com", form),
            ("registry.example.com\n", form),
            ("", form),
            ("registry.example.com:", "a port is a number"),
            ("registry.example.com:0", "a port is a number"),
            ("registry.example.com:65536", "a port is a number"),
            ("registry.example.com:+80", "a port is a number"),
            ("registry.example.com:50:00", "a port is a number"),
            ("user@registry.example.com", form),
            ("registry..example.com", form),
            ("-registry.example.com", form),
            ("registry_1.example.com", form),
            ("registry.example.com?x", form),
            ("regístry.example.com", form),
            ("registry.\u{200b}example.com", form),
            ("10.0.0.999:5000", form),
            ("2001:db8::7", form),
            ("[2001:db8::7", form),
            ("[registry.example.com]:5000", form),
            ("0.0.0.0:5000", "can be reached"),
            ("[::]:5000", "can be reached"),
        ],
    );
    for host in
        ["registry.example.com", "Registry.Example.com:443", "10.0.0.7", "10.0.0.7:5000", "[2001:db8::7]:5000", "localhost"]
    {
        let config = read(&[("REGISTRY_TOKENS_REGISTRY", host)]).expect(host);
        assert_eq!(*config.registry, *host);
    }
}

#[test]
fn a_registry_that_customers_cannot_use_is_warned_of() {
    let public = ("REGISTRY_TOKENS_URL", "https://tokens.example.com");
    let warnings = |registry: &str, url: (&str, &str)| {
        read(&[("REGISTRY_TOKENS_REGISTRY", registry), url]).expect(registry).warnings().concat()
    };
    assert!(warnings("registry", public).contains("Docker Hub"));
    for registry in ["127.0.0.1:5000", "localhost:5000", "[::1]:5000"] {
        assert!(warnings(registry, public).contains("customers cannot reach it"), "{registry}");
        assert_eq!(warnings(registry, ("REGISTRY_TOKENS_URL", "http://localhost:3000")), "", "{registry}");
    }
    assert!(!warnings("registry:5000", public).contains("REGISTRY_TOKENS_REGISTRY"));
}

#[test]
fn a_public_address_is_scheme_and_host() {
    let form = "is not an address such as";
    assert_refused(
        "REGISTRY_TOKENS_URL",
        &[
            ("https://example.com/portal", "root of a host"),
            ("https://example.com//", "root of a host"),
            ("http://example.com:8080/a/b/", "root of a host"),
            ("https://user@example.com", "a user or a password"),
            ("https://user:secret@example.com/", "a user or a password"),
            ("https://example.com?next=/", "a query or a fragment"),
            ("https://example.com/#top", "a query or a fragment"),
            ("https://example.com/?", "a query or a fragment"),
            ("example.com", form),
            ("ftp://example.com", form),
            ("https:example.com", form),
            ("https:/example.com", form),
            ("https://", form),
            ("https:///", form),
            ("https:\\\\example.com", form),
            (" https://example.com", form),
            ("https://example.com ", form),
            ("https://exa\tmple.com", form),
            ("https://exa mple.com", form),
            ("https://example.com:99999", form),
            ("http://0.0.0.0:3000", "can be opened"),
            ("http://0:3000", "can be opened"),
            ("http://[::]:3000", "can be opened"),
            ("http://example.com:0", "can be opened"),
        ],
    );
}

#[test]
fn names_and_lines_have_no_blanks_and_control_characters() {
    for name in ["REGISTRY_TOKENS_SERVICE", "REGISTRY_TOKENS_ISSUER"] {
        let form = "is not a name such as";
        assert_refused(
            name,
            &[("", form), ("a b", form), (" a", form), ("a\n", form), ("a\"b", form), ("ä", form), ("a\u{200b}", form)],
        );
        assert!(read(&[(name, "https://auth.example.com/v1")]).is_ok());
    }
    let form = "is not a line of text";
    assert_refused(
        "REGISTRY_TOKENS_VENDOR",
        &[("", form), (" WSO2", form), ("WSO2\n", form), ("W\u{1b}[1m", "U+001B"), ("W\u{202e}", "U+202E")],
    );
    assert_eq!(read(&[("REGISTRY_TOKENS_VENDOR", "Müller & Söhne")]).expect("a vendor").vendor, "Müller & Söhne");
    assert_refused("REGISTRY_TOKENS_DATA", &[("", form), ("data\r", form)]);
    assert_refused("REGISTRY_TOKENS_LOGO", &[("logo.svg ", form)]);
    assert_refused(
        "LEPTOS_SITE_ADDR",
        &[("", "IP address with a port"), ("localhost:3000", "IP address with a port"), ("3000", "IP address")],
    );
    assert_refused(
        "REGISTRY_TOKENS_LIFETIME",
        &[("", "between 60 and 900"), ("1e2", "between"), ("901", "between"), ("300 ", "between")],
    );
    assert_refused("REGISTRY_TOKENS_LOG_FORMAT", &[("JSON", "neither text nor json"), ("", "neither")]);
    assert_refused("REGISTRY_TOKENS_SERVICE", &[("caf\u{fffd}", "UTF-8")]);
}

#[test]
fn a_misspelt_section_is_refused() {
    let error = Config::read("[registry_tokens]\nissuer = \"portal.example.com\"\n", |_| None).expect_err("one error");
    assert_eq!(error, "Leptos.toml: there is no section [registry_tokens]; the settings are in [registry-tokens]");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let file = "[registry-tokens]\nregistry = \"https://r.example.com\"\nvendor = 5\nurk = 1\ntoken-lifetime = \"300\"\ntrusted-proxies = \"10.0.0.0/8\"\n";
    let environment = |name: &str| match name {
        "REGISTRY_TOKENS_URL" => Some("https://example.com/portal".to_owned()),
        "DATABASE_URL" => Some("sqlite::memory:".to_owned()),
        "LEPTOS_SITE_ADDR" => Some("3000".to_owned()),
        _ => None,
    };
    let error = Config::read(file, environment).expect_err("eight errors");
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines[0], "8 settings are wrong", "{error}");
    assert_eq!(lines.len(), 9, "{error}");
    for said in [
        "there is no setting \"urk\"",
        "REGISTRY_TOKENS_REGISTRY: \"https://r.example.com\" is not a host",
        "REGISTRY_TOKENS_VENDOR: 5 in Leptos.toml is not a text",
        "REGISTRY_TOKENS_LIFETIME: \"300\" in Leptos.toml is not a whole number",
        "REGISTRY_TOKENS_TRUSTED_PROXIES: \"10.0.0.0/8\" in Leptos.toml is not a list",
        "REGISTRY_TOKENS_URL: \"https://example.com/portal\" is not",
        "DATABASE_URL: \"sqlite::memory:\" is in memory",
        "LEPTOS_SITE_ADDR: \"3000\" is not an IP address",
    ] {
        assert_eq!(lines.iter().filter(|line| line.contains(said)).count(), 1, "{said} in\n{error}");
    }
}

#[test]
fn a_database_url_is_read_or_refused_without_its_password() {
    assert_refused(
        "DATABASE_URL",
        &[
            ("sqlite:", "names no file"),
            ("sqlite://?mode=rwc", "names no file"),
            ("sqlite::memory:", "in memory"),
            ("sqlite://t.db?mode=ro", "read-only"),
            ("sqlite:t.db?journal=wal", "journal=wal"),
            ("sqlite:t.db ", "blanks"),
        ],
    );
    for url in
        ["mysql://u:hunter2@db/x", "postgres://u:hunter2@db:99999/x", "postgresql+asyncpg://u:hunter2@db/x", "password=hunter2"]
    {
        let error = read(&[("DATABASE_URL", url)]).expect_err(url);
        assert!(error.starts_with("DATABASE_URL: ") && !error.contains("hunter2") && !error.contains('\n'), "{error}");
    }
    let percent = read(&[("REGISTRY_TOKENS_DATA", "/srv/50% ?/data")]).expect("a folder");
    assert_eq!(&*percent.database_url, "sqlite:/srv/50%25 %3F/data/registry-tokens.sqlite");
}

#[tokio::test]
async fn no_file_has_a_question_mark_in_its_name() {
    let folder =
        std::env::temp_dir().join(format!("registry_tokens_test_{:016x}", crate::server::random::Random::System.number()));
    let shown = folder.display();
    for (url, file) in [
        (format!("sqlite://{shown}/one.db?mode=rwc"), "one.db"),
        (format!("sqlite:{shown}/two%20words.db?mode=rwc&cache=private"), "two words.db"),
        (format!("sqlite:{shown}/three.db"), "three.db"),
    ] {
        let database = Database::connect(&url).await.expect("it opens");
        database.migrate().await.expect("its tables are made");
        database.close().await;
        assert!(folder.join(file).is_file(), "{url}");
    }
    let error = Database::connect(&format!("sqlite:{shown}/missing/four.db?mode=rw")).await.expect_err("it is not there");
    assert!(error.contains("four.db") && !folder.join("missing").exists(), "{error}");
    for entry in std::fs::read_dir(&folder).expect("the folder") {
        let name = entry.expect("a file").file_name();
        assert!(!name.to_string_lossy().contains(['?', '%']), "{name:?}");
    }
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
}
