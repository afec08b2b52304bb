//! Unknown paths.

use axum::{body::Body, http::Method};

use crate::tests::support::{TestApp, catalogue::CAROL, on_both};

on_both! {
    every_unknown_path_answers_alike,
    what_is_below_the_token_endpoint_answers_in_json,
}

async fn every_unknown_path_answers_alike(app: TestApp) {
    for browser in [app.browser(), app.signed_in(CAROL).await] {
        let expected = browser.get("/unknown").await;
        assert_eq!(expected.status, 404);
        assert!(expected.header("content-type").starts_with("text/html") && expected.tells("Not found"), "{expected:?}");
        // The response to a form has no theme switch, because it cannot be loaded again by GET.
        let to_a_form = browser.form("/unknown", &[]).await;
        for path in ["/api", "/api/", "/api/unknown", "/api/tokens/unknown", "/api/tokens/list/", "/api/tokens/list/more"] {
            assert_eq!(browser.get(path).await.seen(), expected.seen(), "{path}");
            for reply in [browser.form(path, &[]).await, browser.call(path, "".into()).await] {
                assert_eq!(reply.seen(), to_a_form.seen(), "{path}");
            }
        }
    }
}

async fn what_is_below_the_token_endpoint_answers_in_json(app: TestApp) {
    // A registry's client is not a browser, so its origin is not checked.
    let client = app.browser().with("origin", "https://evil.example");
    for path in ["/token/", "/token/x", "/token/x/y", "/token//?service=x"] {
        for method in [Method::GET, Method::POST, Method::PUT, Method::OPTIONS] {
            let reply = client.send(method.clone(), path, "", Body::empty()).await;
            assert_eq!(reply.status, 404, "{method} {path}");
            assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"));
            assert!(reply.json()["errors"][0]["message"].as_str().is_some_and(|message| !message.is_empty()), "{path}");
        }
    }
}
