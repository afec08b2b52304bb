//! A token's own page, *Test this token*, and the CSV of a project.

use crate::models::form_answer::TestResult;

use super::support::{
    Kit,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, DAVE, GINA},
    on_both,
};

on_both! {
    a_tokens_page_tells_what_it_opens_and_what_happened_to_it,
    a_tokens_history_keeps_its_changes_whoever_is_refused,
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
    for n in 0..12 {
        for _ in 0..10 {
            kit.browser().from([198, 51, 100, n]).ask(&token.row.login_name, "wrt_wrong", &[]).await;
        }
    }
    kit.pass(1);
    kit.regenerate(&kit.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    let page = kit.signed_in(CAROL).await.get(PAGE).await;
    assert!(page.tells("Generated"));
    assert_eq!(page.body.matches("Login refused").count(), 20, "the newest");
    let at = |what| page.body.find(what).unwrap_or_else(|| panic!("{what} is in the history"));
    assert!(at("Secret re-generated") < at("Login refused") && at("Login refused") < at("Generated"), "newest first");
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
