//! Texts with control characters, which names, keys and reasons never contain. PostgreSQL rejects NUL, so passing such a text on
//! unchecked would be an internal error.

use crate::{
    models::bulk::BulkAction,
    server::tokens::{bulk, lifecycle},
};

use super::support::{
    TestApp,
    asks::{self, owned},
    catalogue::{ADMIN, CAROL},
    http::PASSWORD,
    on_both,
    registry::SERVICE,
};

on_both! {
    a_login_name_with_a_nul_is_a_wrong_one,
    a_scope_with_a_nul_opens_nothing_and_spoils_nothing_beside_it,
    an_e_mail_with_a_nul_is_a_wrong_one,
    a_key_with_a_nul_names_nothing,
    an_id_with_a_nul_names_nothing,
    a_reason_with_a_control_character_is_refused_at_its_field,
}

async fn a_login_name_with_a_nul_is_a_wrong_one(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let ask = async |name: &str| {
        let fields = [("grant_type", "password"), ("service", SERVICE), ("username", name), ("password", &token.secret)];
        app.browser().form("/token", &fields).await
    };
    let expected = ask("acme.unknown").await.seen();
    for name in ["a\0b", "acme.ci-main\0", "acme.\0ci-main", "\0"] {
        assert_eq!(ask(name).await.seen(), expected, "{name:?}");
    }
    for _ in 0..9 {
        assert_eq!(ask("a\0b").await.status, 401);
    }
    assert_eq!(ask("a\0b").await.status, 429, "it is counted");
    let rows = app.audit("registry.login.denied").await;
    assert_eq!(rows.len(), 5 + 9, "and written down");
    assert!(rows.iter().all(|row| row.login_name.as_ref().is_some_and(|name| !name.contains(char::is_control))));
}

async fn a_scope_with_a_nul_opens_nothing_and_spoils_nothing_beside_it(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for odd in ["repository:a\0b:pull", "repository:wso2-mi/mi\0:pull", "repository:wso2-mi/mi:pu\0ll", "repo\0sitory:a:pull"] {
        let alone = app.ask(&token, &[odd]).await;
        assert_eq!((alone.status, app.granted(&alone).await.as_str()), (200, ""), "{odd:?}");
        app.next_window();
        let beside = app.ask(&token, &[odd, "repository:wso2-apim/am:pull"]).await;
        app.next_window();
        assert_eq!(app.granted(&beside).await, "wso2-apim/am:pull", "{odd:?}");
    }
    assert!(app.audit("registry.access.denied").await.iter().all(|row| !row.detail.contains(char::is_control)));
}

async fn an_e_mail_with_a_nul_is_a_wrong_one(app: TestApp) {
    app.set_password(CAROL).await;
    let refused = async |email: &str| app.browser().sign_in(email, PASSWORD).await.seen_without(email);
    let expected = refused("nobody@acme.example").await;
    assert!(expected.starts_with("401"), "{expected}");
    for email in ["carol\0@acme.example", "carol@acme.example\0"] {
        assert_eq!(refused(email).await, expected, "{email:?}");
    }
    assert_eq!(app.audit("sign_in.denied").await.len(), 3);
}

async fn a_key_with_a_nul_names_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    let nothing = carol.get("/projects/NOWHERE/registry-tokens").await;
    assert_eq!(nothing.status, 404);
    for page in ["registry-tokens", "registry-tokens.csv", "tokens/ci-main"] {
        assert_eq!(carol.get(&format!("/projects/AC%00ME/{page}")).await.seen(), nothing.seen(), "{page}");
    }
    assert_eq!(carol.get("/projects/AC%00ME/registry-tokens/events").await.status, 404);
    let functions = asks::all("AC\0ME", &token.row.id).into_iter().filter(asks::Ask::is_function);
    let forms = asks::all("AC%00ME", &token.row.id).into_iter().filter(|ask| !ask.is_function());
    for ask in functions.chain(forms) {
        assert_eq!(ask.by(&carol).await.status, 404, "{ask:?}");
    }
}

async fn an_id_with_a_nul_names_nothing(app: TestApp) {
    let carol = app.signed_in(CAROL).await;
    for (ask, nothing) in asks::on_token("ACME", "x\0y").iter().zip(asks::on_token("ACME", "x")) {
        assert_eq!(ask.by(&carol).await.seen(), nothing.by(&carol).await.seen(), "{ask:?}");
    }
    let nothing = carol.get("/projects/ACME/tokens/nothing").await.seen();
    assert_eq!(carol.get("/projects/ACME/tokens/a%00b").await.seen(), nothing);
}

async fn a_reason_with_a_control_character_is_refused_at_its_field(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (app.actor(ADMIN).await, token.row.id.as_str());
    for reason in ["leaked\0", "leaked \u{1b}[31min a log", "two\nlines"] {
        let refused = app.app_error(lifecycle::disable(&app.state, &admin, "ACME", id, reason).await).await;
        assert!(refused.is_err_and(|error| error.at("reason").is_some()), "{reason:?}");
        let action = BulkAction::Disable { reason: reason.to_owned() };
        let refused = app.app_error(bulk::change(&app.state, &admin, "ACME", &owned(&[id]), &action).await).await;
        assert!(refused.is_err_and(|error| error.at("reason").is_some()), "{reason:?}");
    }
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
}
