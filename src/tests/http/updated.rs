//! Pages that stay open while the portal is updated, or while another user signs in.

use crate::{
    api::client::{BUILD, USER},
    error::AppError,
};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL},
    http::Codec,
    on_both,
};

on_both! {
    a_page_of_another_build_is_refused_before_anything_is_done,
    a_page_of_this_build_is_answered,
    a_page_that_shows_another_user_is_refused,
}

/// The build that a page belongs to, read from its HTML.
async fn build_of_the_page(app: &TestApp) -> String {
    let page = app.signed_in(CAROL).await.get("/").await;
    let start = page.body.split("module_or_path: \"").nth(1).expect("it loads the application");
    start.split('"').next().expect("its address").to_owned()
}

async fn a_page_of_another_build_is_refused_before_anything_is_done(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.signed_in(ADMIN).await;
    let rows = app.number("SELECT count(*) FROM audit", &[]).await;
    for build in ["/pkg/registry-tokens.0123.wasm", ""] {
        let admin = app.signed_in(ADMIN).await.with(BUILD, build);
        let mut asked = asks::all("ACME", &token.row.id);
        asked.push(asks::projects());
        for ask in asked.iter().filter(|ask| ask.is_function()) {
            let reply = ask.by(&admin).await;
            assert_eq!((reply.status, reply.error()), (410, AppError::Updated { may_be_done: false }), "{ask:?}");
        }
    }
    assert_eq!(app.number("SELECT count(*) FROM tokens", &[]).await, 1);
    let signed_in = app.audit("sign_in").await.len() + app.audit("user.password_set").await.len();
    let all = app.number("SELECT count(*) FROM audit", &[]).await;
    assert!(all - rows <= i64::try_from(signed_in).expect("a number"), "nothing but sign-ins was written");
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
}

async fn a_page_of_this_build_is_answered(app: TestApp) {
    let build = build_of_the_page(&app).await;
    let carol = app.signed_in(CAROL).await.with(BUILD, &build);
    assert_eq!(asks::list("ACME").by(&carol).await.status, 200);
    assert_eq!(asks::list("GLOBEX").by(&carol).await.error(), AppError::NotFound);
    let [generate, _]: [Ask; 2] = asks::generate("ACME", "ci-main");
    assert_eq!(generate.by(&carol).await.status, 200);
}

async fn a_page_that_shows_another_user_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let [carol, admin] = [app.actor(CAROL).await.user_id, app.actor(ADMIN).await.user_id];
    let other = app.signed_in(ADMIN).await.with(USER, &carol);
    let mut asked = asks::all("ACME", &token.row.id);
    asked.push(asks::projects());
    for ask in asked.iter().filter(|ask| ask.is_function()) {
        let reply = ask.by(&other).await;
        assert_eq!((reply.status, reply.error()), (409, AppError::OtherUser), "{ask:?}");
    }
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
    let same = app.signed_in(ADMIN).await.with(USER, &admin);
    assert_eq!(asks::list("ACME").by(&same).await.status, 200);
}

#[test]
fn an_answer_that_is_none_of_the_portals_is_told_by_its_status() {
    use leptos::server_fn::Encodes;
    let html = b"<!DOCTYPE html><html><body>Not Found</body></html>".as_slice();
    let ours = |error: &AppError| Codec::encode(error).expect("written");
    let updated = |may_be_done| AppError::Updated { may_be_done };
    for (status, body, error) in [
        (404, html, updated(true)),
        (405, b"".as_slice(), updated(true)),
        (400, b"Bad Request", updated(true)),
        (422, b"\x2a\x07another version", updated(true)),
        // One error's bytes with another error's status code come from another version.
        (409, &ours(&AppError::NotFound), updated(true)),
        (410, html, updated(false)),
        (410, b"", updated(false)),
        (401, html, AppError::Unauthenticated),
        (403, html, AppError::NoAnswer),
        (429, b"slow down", AppError::NoAnswer),
        (500, b"{}", AppError::NoAnswer),
        (502, html, AppError::NoAnswer),
        (503, html, AppError::NoAnswer),
        (504, b"\n<html>", AppError::NoAnswer),
    ] {
        assert_eq!(AppError::of_refusal(status, body), error, "{status} {}", String::from_utf8_lossy(body));
    }
    for error in [
        AppError::Unauthenticated,
        AppError::NotFound,
        AppError::Unavailable,
        AppError::invalid("name", "is taken"),
        AppError::Conflict("Somebody was quicker.".to_owned()),
        AppError::RateLimited { after: 7 },
        AppError::Internal { request_id: "x".to_owned() },
    ] {
        assert_eq!(AppError::of_refusal(error.status(), &ours(&error)), error);
    }
}

#[test]
fn only_what_was_to_be_changed_may_be_done() {
    let unknown = AppError::Updated { may_be_done: true };
    assert!(unknown.to_string().contains("It may have been done: reload the page and look before you try again."));
    for read in [unknown.clone().of_read(), unknown.of_open_list()] {
        assert_eq!(read.to_string(), "The portal was updated. Nothing was changed. Reload the page to go on.");
    }
    assert_eq!(AppError::NoAnswer.of_read(), AppError::Unavailable);
}
