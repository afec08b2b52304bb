//! A token's own page, *Test this token*, and the CSV of a project.

use crate::{models::form_answer::TestResult, server::tokens::lifecycle};

use crate::tests::support::{
    Kit,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, DAVE, GINA, project},
    on_both,
};

on_both! {
    a_tokens_page_tells_what_it_opens_and_what_happened_to_it,
    a_tokens_history_keeps_its_changes_whoever_is_refused,
    a_refusal_says_why_and_what_to_do,
    a_refusal_of_a_login_says_what_ended_and_what_to_do,
    a_change_between_two_refusals_keeps_them_apart,
    a_tokens_history_holds_rows_of_its_project_only,
    a_tokens_page_does_not_exist_for_who_may_not_see_it,
    a_test_says_right_wrong_mistyped_and_disabled_and_keeps_no_trace,
    the_csv_holds_what_the_page_shows_and_no_more,
}

const PAGE: &str = "/projects/ACME/tokens/ci-main";

async fn a_tokens_page_tells_what_it_opens_and_what_happened_to_it(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    assert!(!kit.lets_in(&token.row.login_name, "wrt_wrong").await);
    let page = kit.signed_in(CAROL).await.get(PAGE).await;
    assert_eq!(page.status, 200);
    for text in ["acme.ci-main", "wso2-apim/*", "Generated", "Login refused: wrong secret", "docker login", "Never"] {
        assert!(page.tells(text), "{text}");
    }
    assert!(!page.tells(&token.secret));
}

async fn a_tokens_history_keeps_its_changes_whoever_is_refused(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    kit.pass(1);
    for n in 0..30 {
        for _ in 0..10 {
            kit.browser().from([198, 51, 100, n]).ask(&token.row.login_name, "wrt_wrong", &[]).await;
        }
    }
    kit.pass(1);
    kit.regenerate(&kit.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    let page = kit.signed_in(CAROL).await.get(PAGE).await;
    assert!(page.tells("Generated"));
    assert_eq!(page.body.matches("Login refused").count(), 20, "the newest");
    assert_eq!(page.body.matches("(10 times)").count(), 20, "equal ones are one line with their number");
    let at = |what| page.body.find(what).unwrap_or_else(|| panic!("{what} is in the history"));
    assert!(at("Secret re-generated") < at("Login refused") && at("Login refused") < at("Generated"), "newest first");
}

/// The text of the first line of the history that holds `text`, and whether it has a button.
async fn refusal(kit: &Kit, email: &str, path: &str, text: &str) -> (String, bool) {
    let page = kit.signed_in(email).await.get(path).await.body;
    let line = page.split("<tr>").find(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is in the history"));
    let cell = line.split(r#"data-label="What">"#).nth(1).and_then(|cell| cell.split("</td>").next()).expect("its cell");
    let said = cell.split("<a").next().and_then(|said| said.split("<!").next()).expect("its text");
    (said.trim().to_owned(), cell.contains("dialog=resync-"))
}

async fn a_refusal_says_why_and_what_to_do(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    kit.revise(|catalogue| {
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.push(serde_json::json!({"product": "wso2-is", "starts": "2026-05-31", "ends": "2026-11-05"}));
    })
    .await;
    let said = async |repository: &str| {
        kit.next_window();
        kit.ask(&token, &[&format!("repository:{repository}:pull")]).await;
        let text = format!("Pull refused: repository:{repository}:pull");
        refusal(&kit, CAROL, PAGE, &text).await
    };
    for (repository, why, has_button) in [
        ("wso2-is/is", "Not in this token: Re-sync adds it.", true),
        ("wso2-ob/obam", "The subscription begins on 2026-07-01.", false),
        ("elsewhere/any", "No product of this project opens it.", false),
    ] {
        assert_eq!(said(repository).await, (format!("Pull refused: repository:{repository}:pull. {why}"), has_button));
    }
    kit.next_window();
    kit.ask(&token, &["repository:wso2-apim/am:push"]).await;
    let push = "Pull refused: repository:wso2-apim/am:push. A token can pull only.";
    assert_eq!(refusal(&kit, CAROL, PAGE, push).await, (push.to_owned(), false));
    // What was missing is there, and what was there has ended.
    kit.resync(&kit.actor(CAROL).await, "ACME", &token.row.id).await.expect("re-synced");
    let (now, has_button) = refusal(&kit, CAROL, PAGE, "repository:wso2-is/is:pull").await;
    assert_eq!((now.as_str(), has_button), ("Pull refused: repository:wso2-is/is:pull. The token opens it now.", false));
    kit.at("2026-11-06T00:00:00Z");
    for (repository, ended) in [("wso2-is/is-tools", "2026-11-05"), ("wso2-mi/mi", "2026-06-20")] {
        let why = format!("Pull refused: repository:{repository}:pull. The subscription ended on {ended}.");
        assert_eq!(said(repository).await, (why, false));
    }
}

async fn a_refusal_of_a_login_says_what_ended_and_what_to_do(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let said = async |text: &str| refusal(&kit, ADMIN, PAGE, text).await;
    let admin = kit.actor(ADMIN).await;
    lifecycle::disable(&kit.state, &admin, "ACME", &token.row.id, "").await.expect("paused");
    kit.ask(&token, &[]).await;
    assert_eq!(said("Login refused: disabled").await.0, "Login refused: disabled. It does not work until an admin enables it.");
    lifecycle::enable(&kit.state, &admin, "ACME", &token.row.id).await.expect("enabled");
    assert_eq!(said("Login refused: disabled").await.0, "Login refused: disabled. It works again.");
    kit.revise(|catalogue| {
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.retain(|period| period["product"] != "wso2-apim");
        subscriptions.push(serde_json::json!({"product": "wso2-apim", "starts": "2026-01-01", "ends": "2026-06-28"}));
    })
    .await;
    kit.at("2026-07-04T00:00:00Z");
    kit.ask(&token, &[]).await;
    let expected = "Login refused: expired. The subscription ended on 2026-06-28. Re-sync makes it work again.";
    assert_eq!(said("Login refused: expired").await, (expected.to_owned(), true));
    kit.resync(&admin, "ACME", &token.row.id).await.expect("re-synced");
    assert_eq!(
        said("Login refused: expired").await,
        ("Login refused: expired. A subscription is running again.".to_owned(), false)
    );
    assert!(kit.lets_in(&token.row.login_name, &token.secret).await);
}

async fn a_change_between_two_refusals_keeps_them_apart(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let wrong = async |times: usize| {
        for _ in 0..times {
            kit.browser().ask(&token.row.login_name, "wrt_wrong", &[]).await;
        }
        kit.pass(61);
    };
    kit.pass(1);
    wrong(3).await;
    kit.regenerate(&kit.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    kit.pass(1);
    wrong(1).await;
    wrong(1).await;
    kit.write_denials().await;
    let page = kit.signed_in(CAROL).await.get(PAGE).await.body;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("(2 times)") < at("Secret re-generated") && at("Secret re-generated") < at("(3 times)"));
    assert_eq!(page.matches("Login refused: wrong secret.").count(), 2);
}

async fn a_tokens_history_holds_rows_of_its_project_only(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let gina = kit.actor(GINA).await;
    kit.delete(&gina, "GLOBEX", &token.row.id).await.expect_err("it is not in her project");
    assert_eq!(kit.audit("token.delete.denied").await[0].token_id.as_ref(), Some(&token.row.id));
    assert!(!kit.signed_in(CAROL).await.get(PAGE).await.tells(GINA));
}

async fn a_tokens_page_does_not_exist_for_who_may_not_see_it(kit: Kit) {
    kit.token(CAROL, "ACME", "ci-main").await;
    for email in [DAVE, GINA] {
        let browser = kit.signed_in(email).await;
        let hidden = browser.get(PAGE).await;
        assert_eq!(hidden.status, 404, "{email}");
        assert_eq!(hidden.seen(), browser.get("/projects/ACME/tokens/no-such-token").await.seen(), "{email}");
    }
    assert_eq!(kit.browser().get(PAGE).await.status, 303);
    assert_eq!(kit.signed_in(ADMIN).await.get(PAGE).await.status, 200);
}

async fn a_test_says_right_wrong_mistyped_and_disabled_and_keeps_no_trace(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let other = kit.token(CAROL, "ACME", "other").await;
    let (cut, padded) = (&token.secret[..40], format!(" {}\n", token.secret));
    let test = async |secret: &str, said: &str, is_good: bool| {
        let carol = kit.signed_in(CAROL).await;
        for ask in asks::test("ACME", "ci-main", " ACME.ci-main ", secret) {
            let reply = ask.by(&carol).await;
            assert!(reply.status == 200 && reply.tells(said), "{said}: {reply:?}");
            assert!(!reply.tells(&token.secret) && !reply.tells(&other.secret), "{ask:?}");
            match ask {
                Ask::Function(..) => assert_eq!(reply.answer::<TestResult>().is_good, is_good, "{said}"),
                Ask::Form(..) => assert!(reply.tells("acme.ci-main") && reply.tells("What it opens"), "its own page"),
            }
        }
    };
    test(&token.secret, "The secret is right. It opens", true).await;
    test(&padded, "The secret is right. It opens", true).await;
    test(&other.secret, "The secret is wrong", false).await;
    test(cut, "mistyped or cut", false).await;
    kit.at("2036-01-01T00:00:00Z");
    test(&token.secret, "no subscription", false).await;
    assert!(kit.audit("registry.login.denied").await.is_empty());
    assert_eq!(kit.holders(&token.secret).await, [""; 0]);
}

async fn the_csv_holds_what_the_page_shows_and_no_more(kit: Kit) {
    kit.token(CAROL, "ACME", "ci-main").await;
    kit.token(DAVE, "ACME", "his").await;
    let file = "/projects/ACME/registry-tokens.csv";
    let own = kit.signed_in(CAROL).await.get(file).await;
    assert_eq!(own.status, 200);
    assert!(own.header("content-type").starts_with("text/csv"));
    assert!(own.tells("\"ci-main\",\"acme.ci-main\",\"User\"") && !own.tells("his"));
    let all = kit.signed_in(ADMIN).await.get(&format!("{file}?q=his")).await;
    assert!(all.tells("acme.his") && !all.tells("ci-main"));
    assert_eq!(kit.signed_in(GINA).await.get(file).await.status, 404);
}
