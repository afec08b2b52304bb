//! Rotating a secret without downtime, and disabling a token.

use crate::{
    error::AppError,
    models::token::{Overlap, TokenStatus},
    server::tokens::lifecycle,
};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL},
    on_both,
};

on_both! {
    both_secrets_work_during_an_overlap_and_only_the_new_one_after,
    an_overlap_ends_in_one_click,
    a_second_rotation_never_leaves_three_secrets,
    an_admin_disables_a_token_and_lets_it_work_again,
    a_customer_can_neither_disable_nor_enable_their_own_token,
    what_is_done_already_is_a_conflict,
}

async fn both_secrets_work_during_an_overlap_and_only_the_new_one_after(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.actor(CAROL).await;
    let name = &token.row.login_name;
    let new = app.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
    assert!(app.lets_in(name, &token.secret).await && app.lets_in(name, &new).await);
    assert!(app.row(CAROL, "ACME", "ci-main").await.overlap_until.is_some());
    app.pass(3_600);
    assert!(!app.lets_in(name, &token.secret).await && app.lets_in(name, &new).await);
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.overlap_until, None);
}

async fn an_overlap_ends_in_one_click(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.actor(CAROL).await;
    let new = app.rotate(&carol, "ACME", &token.row, Overlap::Week).await;
    app.app_error(lifecycle::end_overlap(&app.state, &carol, "ACME", &token.row.id).await).await.expect("it ends");
    let name = &token.row.login_name;
    assert!(!app.lets_in(name, &token.secret).await && app.lets_in(name, &new).await);
    assert_eq!(app.audit("token.overlap_ended").await.len(), 1);
}

async fn a_second_rotation_never_leaves_three_secrets(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.actor(CAROL).await;
    let second = app.rotate(&carol, "ACME", &token.row, Overlap::Day).await;
    let row = app.row(CAROL, "ACME", "ci-main").await;
    let third = app.rotate(&carol, "ACME", &row, Overlap::Day).await;
    let name = &token.row.login_name;
    assert!(!app.lets_in(name, &token.secret).await && app.lets_in(name, &second).await && app.lets_in(name, &third).await);
    assert_eq!(app.live_secrets(&row.id).await, 2);
}

async fn an_admin_disables_a_token_and_lets_it_work_again(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (app.actor(ADMIN).await, &token.row.id);
    app.app_error(lifecycle::disable(&app.state, &admin, "ACME", id, " leaked in a log ").await).await.expect("disabled");
    let row = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!(
        (row.status, row.status_reason.as_deref()),
        (TokenStatus::Disabled, Some("Disabled by an admin: leaked in a log"))
    );
    assert!(!app.lets_in(&row.login_name, &token.secret).await);
    app.app_error(lifecycle::enable(&app.state, &admin, "ACME", id).await).await.expect("enabled");
    assert!(app.lets_in(&row.login_name, &token.secret).await, "the same secret works again");
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.status, TokenStatus::Active);
    let disabled = app.audit("token.disabled").await.pop().expect("a row");
    assert_eq!((disabled.actor.as_str(), disabled.detail.as_str()), (ADMIN, "leaked in a log"));
}

async fn a_customer_can_neither_disable_nor_enable_their_own_token(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.signed_in(CAROL).await;
    for ask in &asks::lifecycle("ACME", &token.row.id)[..4] {
        assert_eq!(ask.by(&carol).await.status, 403, "{ask:?}");
        app.next_window();
    }
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
    assert_eq!(app.audit("token.disable.denied").await.len(), 2);
}

async fn what_is_done_already_is_a_conflict(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (app.actor(ADMIN).await, &token.row.id);
    let state = &app.state;
    // The message says what is wrong and what to do.
    let conflict = |outcome: Result<(), AppError>| matches!(outcome, Err(AppError::Conflict(said)) if said.ends_with(" Reload the page to see its state."));
    assert!(conflict(app.app_error(lifecycle::enable(state, &admin, "ACME", id).await).await.map(drop)));
    assert!(conflict(app.app_error(lifecycle::end_overlap(state, &admin, "ACME", id).await).await));
    app.rotate(&admin, "ACME", &token.row, Overlap::Hour).await;
    app.pass(3_600);
    assert!(conflict(app.app_error(lifecycle::end_overlap(state, &admin, "ACME", id).await).await), "it has ended by itself");
    app.app_error(lifecycle::disable(state, &admin, "ACME", id, "").await).await.expect("disabled");
    assert!(conflict(app.app_error(lifecycle::disable(state, &admin, "ACME", id, "").await).await.map(drop)));
    let long = "x".repeat(201);
    let refused = app.app_error(lifecycle::disable(state, &admin, "ACME", id, &long).await).await;
    assert!(refused.is_err_and(|error| error.at("reason").is_some()));
}
