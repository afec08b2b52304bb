//! Cross-site requests from the browser of a signed-in user.

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::CAROL,
    http::{Browser, PASSWORD, Reply},
    on_both,
    registry::{SERVICE, basic},
};

on_both! {
    no_change_is_taken_from_another_site,
    the_portals_own_pages_are_believed,
    the_portals_public_address_is_its_own,
    the_registrys_clients_are_not_asked_for_a_site,
}

/// Headers that a browser sends with a request from another site.
const FOREIGN: [(&str, &str); 5] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("origin", "https://evil.example"),
    ("origin", "http://127.0.0.1:3001"),
    ("origin", "null"),
];

/// Sends every POST request that can change something, except `/token`.
async fn every_post(browser: &Browser<'_>, token_id: &str) -> Vec<(String, Reply)> {
    let sign_in = vec![("email", CAROL.to_owned()), ("password", PASSWORD.to_owned())];
    let mut asks = asks::all("ACME", token_id);
    asks.push(asks::projects());
    asks.push(Ask::Form("/sign-in".to_owned(), sign_in));
    asks.push(Ask::Form("/sign-out".to_owned(), Vec::new()));
    asks.push(Ask::Form("/theme".to_owned(), vec![("theme", "dark".to_owned())]));
    asks.push(Ask::Form("/api/tokens/unknown".to_owned(), Vec::new()));
    asks.push(Ask::Form("/projects/ACME/registry-tokens/unknown".to_owned(), Vec::new()));
    let mut replies = Vec::new();
    for ask in asks {
        replies.push((format!("{ask:?}"), ask.by(browser).await));
    }
    replies
}

async fn no_change_is_taken_from_another_site(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    let before = app.dump().await;
    for (name, value) in FOREIGN {
        for (ask, reply) in every_post(&carol.clone().with(name, value), &token.row.id).await {
            assert_eq!(reply.status, 403, "{name}: {value}: {ask}");
            assert_eq!(reply.header("set-cookie"), "", "{name}: {value}: {ask}");
        }
    }
    assert_eq!(app.dump().await, before);
    assert_eq!(carol.get("/").await.status, 200, "she is signed in as before");
}

async fn the_portals_own_pages_are_believed(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    let own = [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "http://127.0.0.1:3000")];
    for (at, (name, value)) in own.into_iter().enumerate() {
        for ask in asks::generate("ACME", &format!("own-{at}")) {
            assert_eq!(ask.by(&carol.clone().with(name, value)).await.status, 200, "{name}: {value}: {ask:?}");
        }
    }
}

async fn the_portals_public_address_is_its_own(app: TestApp) {
    let app = app.with(|config| config.url = "https://Tokens.example.test:443/".parse().expect("an address")).await;
    let carol = app.signed_in(CAROL).await;
    let [ask, _] = asks::generate("ACME", "ci-main");
    // The Host header differs, as behind a proxy that rewrites it.
    assert_eq!(ask.by(&carol.clone().with("origin", "https://tokens.example.test")).await.status, 200);
    assert_eq!(ask.by(&carol.with("origin", "https://tokens.example.test.evil.example")).await.status, 403);
}

async fn the_registrys_clients_are_not_asked_for_a_site(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (login, secret) = (token.row.login_name.as_str(), token.secret.as_str());
    let form = [("grant_type", "password"), ("service", SERVICE), ("username", login), ("password", secret)];
    for (name, value) in FOREIGN {
        let browser = app.browser().with(name, value);
        assert_eq!(browser.form("/token", &form).await.status, 200, "{name}: {value}");
        let get = browser.with("authorization", &basic(login, secret)).get(&format!("/token?service={SERVICE}")).await;
        assert_eq!(get.status, 200, "{name}: {value}");
    }
}
