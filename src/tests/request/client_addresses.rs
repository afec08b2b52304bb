//! Clients behind a proxy are distinguished by the addresses in its headers, in any of the usual forms.

use crate::tests::support::{TestApp, catalogue::CAROL, http::PASSWORD, logs, on_both};

on_both! {
    a_client_with_a_port_or_in_brackets_is_throttled_alone,
    what_a_proxy_writes_and_nobody_can_read_is_logged_once,
}

const WRONG: &str = "a wrong password";

async fn behind_a_proxy(app: TestApp) -> TestApp {
    app.with(|config| config.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")]).await
}

async fn a_client_with_a_port_or_in_brackets_is_throttled_alone(app: TestApp) {
    let app = behind_a_proxy(app).await;
    app.set_password(CAROL).await;
    let client = |address: &str| app.browser().from([10, 0, 0, 1]).with("x-forwarded-for", address);
    for (one, same, other) in [
        ("198.51.100.7:51008", "198.51.100.7:51009", "198.51.100.8:51008"),
        ("[2001:db8::7]:443", "[2001:db8::7]", "[2001:db8:0:1::7]:443"),
        ("\"[2001:db8:0:2::1]\"", "2001:db8:0:2::2", "\"[2001:db8:0:3::1]\""),
    ] {
        for _ in 0..10 {
            assert_eq!(client(one).sign_in(CAROL, WRONG).await.status, 401, "{one}");
            assert_eq!(client(one).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 401, "{one}");
        }
        assert_eq!(client(same).sign_in(CAROL, PASSWORD).await.status, 429, "{same}");
        assert_eq!(client(same).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 429, "{same}");
        assert_eq!(client(other).sign_in(CAROL, PASSWORD).await.status, 303, "{other}");
        assert_eq!(client(other).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 401, "{other}");
    }
    assert_eq!(app.browser().from([10, 0, 0, 1]).sign_in(CAROL, PASSWORD).await.status, 303, "the proxy itself");
    let rows = app.audit("sign_in.throttled.denied").await;
    let addresses: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.address.as_str()).collect();
    assert_eq!(addresses.into_iter().collect::<Vec<_>>(), ["198.51.100.7", "2001:db8:0:2::2", "2001:db8::7"], "addresses only");
}

async fn what_a_proxy_writes_and_nobody_can_read_is_logged_once(app: TestApp) {
    let app = behind_a_proxy(app).await;
    let recording = logs::record();
    for n in 0..3 {
        for proxy in [[10, 77, 0, 1], [10, 77, 0, 2]] {
            let client = app.browser().from(proxy).with("x-forwarded-for", &format!("_odd-{n}\u{9}wrt_x"));
            assert_eq!(client.get("/sign-in").await.status, 200);
            client.ask("acme.ci-main", "wrt_wrong", &[]).await;
        }
    }
    let log = recording.text();
    for proxy in ["10.77.0.1", "10.77.0.2"] {
        let lines = log.lines().filter(|line| line.contains("forwarded.unreadable") && line.contains(proxy)).count();
        assert_eq!(lines, 1, "{proxy}");
    }
    assert!(!log.contains("wrt_x"), "it may be anything");
}
