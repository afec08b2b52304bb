//! Jumps of the wall clock: a machine that was suspended, or whose clock was wrong.

use crate::models::token::Overlap;

use super::support::{TestApp, catalogue::CAROL, on_both};

on_both! {
    a_wait_is_never_longer_than_the_window,
    a_clock_that_jumps_ahead_frees_nobody,
    a_session_lives_no_longer_for_a_clock_that_was_set_back,
    an_overlap_lives_no_longer_for_a_clock_that_was_set_back,
    an_overlap_made_while_the_clock_was_ahead_is_over_once_it_is_right,
    days_go_by_the_clock_as_it_is_now,
}

const PULL: &str = "repository:wso2-apim/am:pull";

async fn throttle(app: &TestApp, name: &str) {
    for _ in 0..10 {
        app.browser().ask(name, "wrt_wrong", &[PULL]).await;
    }
    assert_eq!(app.browser().ask(name, "wrt_wrong", &[PULL]).await.status, 429);
}

async fn a_wait_is_never_longer_than_the_window(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    throttle(&app, &token.row.login_name).await;
    for seconds in [-3_600, -86_400 * 365] {
        app.jump(seconds);
        let refused = app.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await;
        let wait: i64 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
    }
    app.pass(60);
    assert_eq!(app.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 401);
}

async fn a_clock_that_jumps_ahead_frees_nobody(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    throttle(&app, &token.row.login_name).await;
    for seconds in [61, 86_400] {
        app.jump(seconds);
        assert_eq!(app.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 429);
    }
}

async fn a_session_lives_no_longer_for_a_clock_that_was_set_back(app: TestApp) {
    let hours = app.state.config.session_hours;
    for back in [3_600, 86_400 * 3] {
        let browser = app.signed_in(CAROL).await;
        app.jump(-back);
        assert_eq!(browser.get("/").await.status, 200, "set back by {back}");
        app.pass(hours * 3_600);
        assert_eq!(browser.get("/").await.status, 303, "set back by {back}");
    }
}

async fn an_overlap_lives_no_longer_for_a_clock_that_was_set_back(app: TestApp) {
    let carol = app.actor(CAROL).await;
    for (name, back) in [("ci-main", 1_800), ("ci-other", 86_400)] {
        let token = app.token(CAROL, "ACME", name).await;
        app.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
        app.jump(-back);
        assert_eq!(app.ask(&token, &[PULL]).await.status, 200, "set back by {back}");
        assert!(app.row(CAROL, "ACME", name).await.overlap_until.is_some(), "set back by {back}");
        app.pass(3_600);
        assert_eq!(app.ask(&token, &[PULL]).await.status, 401, "set back by {back}");
        let overlap = app.row(CAROL, "ACME", name).await.overlap_until;
        assert_eq!(overlap, None, "the list agrees with the registry, set back by {back}");
    }
}

/// After a restart the portal knows nothing of the clock before it.
async fn an_overlap_made_while_the_clock_was_ahead_is_over_once_it_is_right(mut app: TestApp) {
    let carol = app.actor(CAROL).await;
    for (name, ahead) in [("ci-main", 86_400 * 365), ("ci-other", 86_400 * 8)] {
        let token = app.token(CAROL, "ACME", name).await;
        app.jump(ahead);
        let new = app.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
        app.jump(-ahead);
        app = app.with(|_| {}).await;
        assert_eq!(app.ask(&token, &[PULL]).await.status, 401, "ahead by {ahead}");
        assert!(app.lets_in(&token.row.login_name, &new).await, "ahead by {ahead}");
        assert_eq!(app.row(CAROL, "ACME", name).await.overlap_until, None, "ahead by {ahead}");
    }
}

async fn days_go_by_the_clock_as_it_is_now(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for years in [10, 50] {
        app.jump(years * 365 * 86_400);
        assert_eq!(app.ask(&token, &[PULL]).await.status, 401, "no subscription runs so late");
        app.jump(-years * 365 * 86_400);
        assert_eq!(app.ask(&token, &[PULL]).await.status, 200, "corrected by {years} years");
    }
}
