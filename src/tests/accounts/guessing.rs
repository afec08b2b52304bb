//! Rate limits on wrong credentials: which clients share a limit, which attempts pass, and what is recorded.

use std::time::Duration;

use futures_util::future::join_all;

use crate::server::{
    crypto::passwords::{MAX_WAITING, SLOTS},
    tokens::lifecycle,
};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL},
    http::PASSWORD,
    logs, on_both,
};

on_both! {
    a_cluster_with_an_old_secret_does_not_lock_its_office_out_of_the_portal,
    addresses_of_one_ipv6_network_are_counted_together,
    guesses_sent_at_once_get_no_more_answers_than_one_after_the_other,
    one_person_who_signs_in_many_times_at_once_is_let_in,
    more_sign_ins_at_once_than_can_be_checked_are_told_to_wait,
    the_first_refusal_of_many_leaves_a_row_and_the_rest_none,
    names_without_end_leave_one_row_an_address,
    a_right_secret_that_is_refused_leaves_a_row_though_its_address_is_throttled,
    a_name_of_any_length_is_cut_in_rows_and_in_logs,
}

const WRONG: &str = "a wrong password";

async fn a_cluster_with_an_old_secret_does_not_lock_its_office_out_of_the_portal(app: TestApp) {
    let office = app.browser().from([198, 51, 100, 7]);
    for n in 0..101 {
        office.ask(&format!("acme.ci-{n}"), "wrt_old", &[]).await;
    }
    assert_eq!(office.ask("acme.ci-main", "wrt_old", &[]).await.status, 429);
    app.set_password(CAROL).await;
    assert_eq!(office.sign_in(CAROL, PASSWORD).await.status, 303);
}

async fn addresses_of_one_ipv6_network_are_counted_together(app: TestApp) {
    let at = |network: u16, host: u16| app.browser().from([0x2001, 0xdb8, 0, network, 0, 0, 0, host]);
    for host in 1..=10 {
        assert_eq!(at(1, host).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 401);
        assert_eq!(at(1, host).sign_in(CAROL, WRONG).await.status, 401);
    }
    assert_eq!(at(1, 11).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 429);
    assert_eq!(at(1, 11).sign_in(CAROL, WRONG).await.status, 429);
    assert_eq!(at(2, 1).ask("acme.ci-main", "wrt_wrong", &[]).await.status, 401, "another network");
}

async fn guesses_sent_at_once_get_no_more_answers_than_one_after_the_other(app: TestApp) {
    app.set_password(CAROL).await;
    let stranger = app.browser();
    let replies = join_all((0..30).map(|_| stranger.sign_in(CAROL, WRONG))).await;
    let count = |status| replies.iter().filter(|reply| reply.status == status).count();
    assert_eq!((count(401), count(429)), (10, 20));
}

async fn one_person_who_signs_in_many_times_at_once_is_let_in(app: TestApp) {
    app.set_password(CAROL).await;
    let carol = app.browser();
    for reply in join_all((0..15).map(|_| carol.sign_in(CAROL, PASSWORD))).await {
        assert_eq!(reply.status, 303);
    }
    assert_eq!(carol.sign_in(CAROL, WRONG).await.status, 401, "none of them counts as a failure");
}

async fn more_sign_ins_at_once_than_can_be_checked_are_told_to_wait(app: TestApp) {
    app.set_password(CAROL).await;
    let sign_in = async |n: u8| {
        let stranger = app.browser().from([198, 51, 100, n]);
        stranger.sign_in(&format!("guess-{n}@acme.example"), WRONG).await
    };
    let mut held = Vec::new();
    for _ in 0..SLOTS {
        held.push(app.state.passwords.permit().await);
    }
    let release = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        drop(held);
    };
    let (replies, ()) = tokio::join!(join_all((0..60).map(sign_in)), release);
    let (refused, checked): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 429);
    assert!(refused.len() >= 20 && checked.len() >= MAX_WAITING, "{} of 60 were refused", refused.len());
    assert!(checked.iter().all(|reply| reply.status == 401));
    for reply in refused {
        assert!(reply.header("retry-after").parse::<u32>().is_ok_and(|wait| (1..=60).contains(&wait)), "{reply:?}");
    }
    assert_eq!(app.browser().sign_in(CAROL, PASSWORD).await.status, 303, "afterwards all is as before");
}

async fn the_first_refusal_of_many_leaves_a_row_and_the_rest_none(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let browser = app.browser().with("user-agent", "containers/5.16");
    for windows in 1..=2 {
        for _ in 0..13 {
            browser.ask(&token.row.login_name, "wrt_wrong", &[]).await;
            browser.sign_in(CAROL, WRONG).await;
        }
        assert_eq!(app.audit("registry.login.denied").await.len(), 10 * windows);
        let rows = app.audit("registry.throttled.denied").await;
        assert_eq!(rows.len(), windows);
        for row in rows {
            assert_eq!((row.token_id.as_ref(), row.login_name.as_ref()), (Some(&token.row.id), Some(&token.row.login_name)));
            assert_eq!((row.project_key.as_deref(), row.created_for.as_deref()), (Some("ACME"), Some(CAROL)));
            assert_eq!((row.address.as_str(), row.client.as_str()), ("192.0.2.1", "containers/5.16"));
        }
        let rows = app.audit("sign_in.throttled.denied").await;
        assert_eq!(rows.iter().map(|row| row.actor.as_str()).collect::<Vec<_>>(), [CAROL].repeat(windows));
        app.pass(60);
    }
}

async fn names_without_end_leave_one_row_an_address(app: TestApp) {
    let browser = app.browser();
    for n in 0..110 {
        browser.ask(&format!("acme.guess-{n}"), "wrt_wrong", &[]).await;
    }
    assert_eq!(app.audit("registry.login.denied").await.len(), 100);
    assert_eq!(app.audit("registry.throttled.denied").await.len(), 1);
}

/// Its owner must learn why it fails, whatever else comes from that address.
async fn a_right_secret_that_is_refused_leaves_a_row_though_its_address_is_throttled(app: TestApp) {
    let [disabled, other] = [app.token(CAROL, "ACME", "ci-main").await, app.token(CAROL, "ACME", "other").await];
    let admin = app.actor(ADMIN).await;
    for token in [&disabled, &other] {
        app.app_error(lifecycle::disable(&app.state, &admin, "ACME", &token.row.id, "").await).await.expect("disabled");
    }
    for n in 0..101 {
        app.browser().ask(&format!("acme.guess-{n}"), "wrt_wrong", &[]).await;
    }
    for _ in 0..20 {
        for token in [&disabled, &other] {
            assert_eq!(app.ask(token, &[]).await.status, 429, "like a wrong secret");
        }
        app.pass(1);
    }
    app.next_window();
    for token in [&disabled, &other] {
        let rows = app.audit("registry.throttled.denied").await;
        let rows: Vec<_> = rows.iter().filter(|row| row.token_id.as_ref() == Some(&token.row.id)).collect();
        assert_eq!(rows.len(), 2, "the first one, and the sum of the others: {rows:?}");
        for start in ["too many failures; ", "19 more since "] {
            let found = rows.iter().find(|row| row.detail.starts_with(start)).unwrap_or_else(|| panic!("{start} in {rows:?}"));
            assert!(found.detail.ends_with("too many failures; the token was disabled"), "{found:?}");
            assert!(!found.detail.contains("the last: "), "{found:?}");
        }
    }
}

async fn a_name_of_any_length_is_cut_in_rows_and_in_logs(app: TestApp) {
    let recording = logs::record();
    let long = format!("acme.{}", "endless".repeat(1_000));
    for _ in 0..12 {
        app.browser().ask(&long, "wrt_wrong", &[]).await;
        app.browser().sign_in(&long, WRONG).await;
    }
    let too_long = "endless".repeat(40);
    assert_eq!(app.holders(&too_long).await, [""; 0]);
    assert!(!recording.text().contains(&too_long));
    assert_eq!(app.audit("registry.throttled.denied").await.len(), 1);
}
