//! A clock that jumps: a machine that slept, or whose clock was wrong.

use crate::models::token::Overlap;

use super::support::{Kit, catalogue::CAROL, on_both};

on_both! {
    a_wait_is_never_longer_than_the_window,
    a_clock_that_jumps_ahead_frees_nobody,
    a_session_lives_no_longer_for_a_clock_that_was_set_back,
    an_overlap_lives_no_longer_for_a_clock_that_was_set_back,
    days_go_by_the_clock_as_it_is_now,
}

const PULL: &str = "repository:wso2-apim/am:pull";

async fn throttle(kit: &Kit, name: &str) {
    for _ in 0..10 {
        kit.browser().ask(name, "wrt_wrong", &[PULL]).await;
    }
    assert_eq!(kit.browser().ask(name, "wrt_wrong", &[PULL]).await.status, 429);
}

async fn a_wait_is_never_longer_than_the_window(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    throttle(&kit, &token.row.login_name).await;
    for seconds in [-3_600, -86_400 * 365] {
        kit.jump(seconds);
        let refused = kit.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await;
        let wait: i64 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
    }
    kit.pass(60);
    assert_eq!(kit.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 401);
}

async fn a_clock_that_jumps_ahead_frees_nobody(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    throttle(&kit, &token.row.login_name).await;
    for seconds in [61, 86_400] {
        kit.jump(seconds);
        assert_eq!(kit.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 429);
    }
}

async fn a_session_lives_no_longer_for_a_clock_that_was_set_back(kit: Kit) {
    let hours = kit.state.config.session_hours;
    for back in [3_600, 86_400 * 3] {
        let browser = kit.signed_in(CAROL).await;
        kit.jump(-back);
        assert_eq!(browser.get("/").await.status, 200, "set back by {back}");
        kit.pass(hours * 3_600);
        assert_eq!(browser.get("/").await.status, 303, "set back by {back}");
    }
}

async fn an_overlap_lives_no_longer_for_a_clock_that_was_set_back(kit: Kit) {
    let carol = kit.actor(CAROL).await;
    for (name, back) in [("ci-main", 1_800), ("ci-other", 86_400)] {
        let token = kit.token(CAROL, "ACME", name).await;
        kit.rotate(&carol, "ACME", &token.row, Overlap::Hour).await;
        kit.jump(-back);
        assert_eq!(kit.ask(&token, &[PULL]).await.status, 200, "set back by {back}");
        kit.pass(3_600);
        assert_eq!(kit.ask(&token, &[PULL]).await.status, 401, "set back by {back}");
    }
}

async fn days_go_by_the_clock_as_it_is_now(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    for years in [10, 50] {
        kit.jump(years * 365 * 86_400);
        assert_eq!(kit.ask(&token, &[PULL]).await.status, 401, "no subscription runs so late");
        kit.jump(-years * 365 * 86_400);
        assert_eq!(kit.ask(&token, &[PULL]).await.status, 200, "corrected by {years} years");
    }
}
