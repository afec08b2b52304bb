//! What the token endpoint records: rows in the audit trail and lines in the log.

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, DAVE},
    logs, on_both,
    registry::address,
};

on_both! {
    a_refused_pull_leaves_one_row_that_says_whose_token_it_was,
    a_row_of_refused_pulls_has_an_end,
    a_refusal_in_the_portal_says_whose_token_it_was,
    every_decision_is_logged_with_what_was_asked_and_granted,
}

const PULL: &str = "repository:wso2-apim/am:pull";
const CLOSED: &str = "repository:wso2-ob/obam:pull";

async fn a_refused_pull_leaves_one_row_that_says_whose_token_it_was(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.ask(&token, &[CLOSED, PULL, "registry:catalog:*"]).await;
    let rows = app.audit("registry.access.denied").await;
    assert_eq!(rows.len(), 1, "of one request");
    assert_eq!((rows[0].project_key.as_deref(), rows[0].created_for.as_deref()), (Some("ACME"), Some(CAROL)));
    assert_eq!((rows[0].token_id.as_ref(), rows[0].login_name.as_ref()), (Some(&token.row.id), Some(&token.row.login_name)));
    assert_eq!(rows[0].detail, format!("{CLOSED} registry:catalog:*"));
}

async fn a_row_of_refused_pulls_has_an_end(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let many: Vec<String> = (0..50).map(|n| format!("repository:{}/r{n}:pull", "x".repeat(200))).collect();
    app.ask(&token, &many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    app.next_window();
    app.ask(&token, &[&format!("repository:{}:pull", "x".repeat(5_000))]).await;
    for row in app.audit("registry.access.denied").await {
        assert!(row.detail.chars().count() <= 550 && row.detail.starts_with("repository:xx"), "{}", row.detail);
    }
    assert!(app.audit("registry.access.denied").await[0].detail.ends_with(" and 48 more"));
}

async fn a_refusal_in_the_portal_says_whose_token_it_was(app: TestApp) {
    let his = app.token(DAVE, "ACME", "his").await;
    let carol = app.actor(CAROL).await;
    app.delete(&carol, "ACME", &his.row.id).await.expect_err("it is not hers");
    app.pass(1);
    app.delete(&carol, "ACME", "nothing").await.expect_err("there is none");
    let rows = app.audit("token.delete.denied").await;
    assert_eq!((rows[0].created_for.as_deref(), rows[0].login_name.as_ref()), (Some(DAVE), Some(&his.row.login_name)));
    assert_eq!((rows[1].created_for.as_deref(), rows[1].login_name.as_deref()), (None, None));
}

async fn every_decision_is_logged_with_what_was_asked_and_granted(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let published = app.publisher("release", "wso2-apim/*").await.expect("a publisher");
    let recording = logs::record();
    let podman = app.browser().from([198, 51, 100, 77]).with("user-agent", "containers/5.16");
    podman.ask(&token.row.login_name, &token.secret, &[PULL, CLOSED]).await;
    for _ in 0..11 {
        podman.ask(&token.row.login_name, "wrt_wrong", &[PULL]).await;
    }
    podman.ask(&published.0, &published.1, &["repository:wso2-apim/am:push"]).await;
    podman.get(&address(&[PULL])).await;
    let log = recording.text();
    let told = |event: &str, of: &str| {
        let line = log.lines().find(|line| line.contains(event) && line.contains(of) && line.contains("198.51.100.77"));
        let line = line.unwrap_or_else(|| panic!("{event} of {of} is not in the log"));
        assert!(line.contains("containers/5.16"), "{line}");
        line.to_owned()
    };
    let (asked, nothing) = (format!("scopes.asked={PULL:?}"), "scopes.granted=\"\"");
    let answered = told("registry.answered", &token.row.id);
    for part in
        [" INFO ", &format!("scopes.asked=\"{PULL} {CLOSED}\""), &format!("scopes.granted={PULL:?}"), "decision=\"granted\""]
    {
        assert!(answered.contains(part), "{part} in {answered}");
    }
    let refused = told("registry.refused", &token.row.id);
    for part in [" INFO ", &asked, "decision=\"wrong secret\""] {
        assert!(refused.contains(part), "{part} in {refused}");
    }
    let throttled = told("registry.throttled", &token.row.id);
    assert!(throttled.contains(&asked), "{throttled}");
    told("registry.answered", "publisher.name=\"release\"");
    let anonymous = told("registry.answered", "decision=\"anonymous\"");
    assert!(anonymous.contains(&asked) && anonymous.contains(nothing), "{anonymous}");
}
