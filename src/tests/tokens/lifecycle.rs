//! Rotation without downtime, and pausing a token.

use crate::{
    error::AppError,
    models::token::{Overlap, TokenStatus},
    server::tokens::lifecycle,
};

use crate::tests::support::{
    Kit, asks,
    catalogue::{ADMIN, CAROL},
    on_both,
};

on_both! {
    both_secrets_work_during_an_overlap_and_only_the_new_one_after,
    an_overlap_ends_in_one_click,
    a_second_rotation_never_leaves_three_secrets,
    an_admin_pauses_a_token_and_lets_it_work_again,
    a_customer_can_neither_pause_nor_enable_their_own_token,
    what_is_done_already_is_a_conflict,
}

async fn both_secrets_work_during_an_overlap_and_only_the_new_one_after(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let carol = kit.actor(CAROL).await;
    let name = &token.row.login_name;
    let new = kit.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
    assert!(kit.lets_in(name, &token.secret).await && kit.lets_in(name, &new).await);
    assert!(kit.row(CAROL, "ACME", "ci-main").await.overlap_until.is_some());
    kit.pass(3_600);
    assert!(!kit.lets_in(name, &token.secret).await && kit.lets_in(name, &new).await);
    assert_eq!(kit.row(CAROL, "ACME", "ci-main").await.overlap_until, None);
}

async fn an_overlap_ends_in_one_click(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let carol = kit.actor(CAROL).await;
    let new = kit.rotate(&carol, "ACME", &token.row, Overlap::Week).await;
    kit.told(lifecycle::end_overlap(&kit.state, &carol, "ACME", &token.row.id).await).await.expect("it ends");
    let name = &token.row.login_name;
    assert!(!kit.lets_in(name, &token.secret).await && kit.lets_in(name, &new).await);
    assert_eq!(kit.audit("token.overlap_ended").await.len(), 1);
}

async fn a_second_rotation_never_leaves_three_secrets(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let carol = kit.actor(CAROL).await;
    let second = kit.rotate(&carol, "ACME", &token.row, Overlap::Day).await;
    let row = kit.row(CAROL, "ACME", "ci-main").await;
    let third = kit.rotate(&carol, "ACME", &row, Overlap::Day).await;
    let name = &token.row.login_name;
    assert!(!kit.lets_in(name, &token.secret).await && kit.lets_in(name, &second).await && kit.lets_in(name, &third).await);
    assert_eq!(kit.live_secrets(&row.id).await, 2);
}

async fn an_admin_pauses_a_token_and_lets_it_work_again(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (kit.actor(ADMIN).await, &token.row.id);
    kit.told(lifecycle::disable(&kit.state, &admin, "ACME", id, " leaked in a log ").await).await.expect("paused");
    let row = kit.row(CAROL, "ACME", "ci-main").await;
    assert_eq!((row.status, row.status_reason.as_deref()), (TokenStatus::Disabled, Some("Paused by an admin: leaked in a log")));
    assert!(!kit.lets_in(&row.login_name, &token.secret).await);
    kit.told(lifecycle::enable(&kit.state, &admin, "ACME", id).await).await.expect("enabled");
    assert!(kit.lets_in(&row.login_name, &token.secret).await, "the same secret works again");
    assert_eq!(kit.row(CAROL, "ACME", "ci-main").await.status, TokenStatus::Active);
    let paused = kit.audit("token.disabled").await.pop().expect("a row");
    assert_eq!((paused.actor.as_str(), paused.detail.as_str()), (ADMIN, "leaked in a log"));
}

async fn a_customer_can_neither_pause_nor_enable_their_own_token(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let carol = kit.signed_in(CAROL).await;
    for ask in &asks::lifecycle("ACME", &token.row.id)[..4] {
        assert_eq!(ask.by(&carol).await.status, 403, "{ask:?}");
        kit.next_window();
    }
    assert!(kit.lets_in(&token.row.login_name, &token.secret).await);
    assert_eq!(kit.audit("token.disable.denied").await.len(), 2);
}

async fn what_is_done_already_is_a_conflict(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let (admin, id) = (kit.actor(ADMIN).await, &token.row.id);
    let state = &kit.state;
    // What is wrong, and what to do.
    let conflict = |outcome: Result<(), AppError>| matches!(outcome, Err(AppError::Conflict(said)) if said.ends_with(" Reload the page to see its state."));
    assert!(conflict(kit.told(lifecycle::enable(state, &admin, "ACME", id).await).await.map(drop)));
    assert!(conflict(kit.told(lifecycle::end_overlap(state, &admin, "ACME", id).await).await));
    kit.told(lifecycle::disable(state, &admin, "ACME", id, "").await).await.expect("paused");
    assert!(conflict(kit.told(lifecycle::disable(state, &admin, "ACME", id, "").await).await.map(drop)));
    let long = "x".repeat(201);
    let refused = kit.told(lifecycle::disable(state, &admin, "ACME", id, &long).await).await;
    assert!(refused.is_err_and(|error| error.at("reason").is_some()));
}
