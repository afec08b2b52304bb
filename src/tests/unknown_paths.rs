//! A path where nothing is.

use super::support::{Kit, catalogue::CAROL, on_both};

on_both! {
    every_unknown_path_answers_alike,
}

async fn every_unknown_path_answers_alike(kit: Kit) {
    for browser in [kit.browser(), kit.signed_in(CAROL).await] {
        let expected = browser.get("/unknown").await;
        assert_eq!(expected.status, 404);
        assert!(expected.header("content-type").starts_with("text/html") && expected.tells("Not found"), "{expected:?}");
        // The answer to a form has no switch of the theme: it cannot be asked for again.
        let to_a_form = browser.form("/unknown", &[]).await;
        for path in ["/api", "/api/", "/api/unknown", "/api/tokens/unknown", "/api/tokens/list/", "/api/tokens/list/more"] {
            assert_eq!(browser.get(path).await.seen(), expected.seen(), "{path}");
            for reply in [browser.form(path, &[]).await, browser.call(path, "".into()).await] {
                assert_eq!(reply.seen(), to_a_form.seen(), "{path}");
            }
        }
    }
}
