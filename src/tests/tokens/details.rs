//! The token page, *Test this token*, and the CSV of a project.

use crate::{models::form_answer::TestResult, server::tokens::lifecycle};

use crate::tests::support::{
    TestApp,
    asks::{self, Ask},
    catalogue::{ADMIN, CAROL, DAVE, GINA, find, project, remove},
    http::PASSWORD,
    on_both,
};

on_both! {
    a_tokens_page_tells_what_it_opens_and_what_happened_to_it,
    a_tokens_history_keeps_its_changes_whoever_is_refused,
    a_refusal_says_why_and_what_to_do,
    a_refusal_of_a_login_says_what_ended_and_what_to_do,
    a_refusal_of_a_login_says_what_became_of_the_owner,
    refused_too_often_says_what_to_look_at,
    a_right_secret_refused_too_often_says_what_is_wrong_with_it,
    a_change_between_two_refusals_keeps_them_apart,
    the_page_parts_what_runs_from_what_has_ended,
    what_runs_stands_first_wherever_products_are_listed,
    a_tokens_history_holds_rows_of_its_project_only,
    a_tokens_page_does_not_exist_for_who_may_not_see_it,
    a_test_says_right_wrong_mistyped_and_disabled_and_keeps_no_trace,
    the_csv_without_a_session_leads_to_sign_in_and_then_to_the_list,
    the_csv_holds_what_the_page_shows_and_no_more,
}

const PAGE: &str = "/projects/ACME/tokens/ci-main";

async fn a_tokens_page_tells_what_it_opens_and_what_happened_to_it(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    assert!(!app.lets_in(&token.row.login_name, "wrt_wrong").await);
    let page = app.signed_in(CAROL).await.get(PAGE).await;
    assert_eq!(page.status, 200);
    for text in ["acme.ci-main", "wso2-apim/*", "Generated", "Login refused: wrong secret", "docker login", "Never"] {
        assert!(page.tells(text), "{text}");
    }
    assert!(!page.tells(&token.secret));
}

async fn a_tokens_history_keeps_its_changes_whoever_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.pass(1);
    for n in 0..30 {
        for _ in 0..10 {
            app.browser().from([198, 51, 100, n]).ask(&token.row.login_name, "wrt_wrong", &[]).await;
        }
    }
    app.pass(1);
    app.regenerate(&app.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    let page = app.signed_in(CAROL).await.get(PAGE).await;
    assert!(page.tells("Generated"));
    assert_eq!(page.body.matches("Login refused").count(), 20, "the newest");
    assert_eq!(page.body.matches("10 times since ").count(), 20, "equal ones are one line with their number");
    let at = |what| page.body.find(what).unwrap_or_else(|| panic!("{what} is in the history"));
    assert!(at("Secret re-generated") < at("Login refused") && at("Login refused") < at("Generated"), "newest first");
}

/// The text of the first history line that contains `text`, and whether it has a *Re-sync* button.
async fn refusal(app: &TestApp, email: &str, path: &str, text: &str) -> (String, bool) {
    let page = app.signed_in(email).await.get(path).await.body;
    let line = page.split("<tr>").find(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is in the history"));
    let cell = line.split(r#"data-label="What">"#).nth(1).and_then(|cell| cell.split("</td>").next()).expect("its cell");
    let said = cell.split(['<']).next().expect("its text");
    (said.trim().to_owned(), cell.contains("dialog=resync-"))
}

async fn a_refusal_says_why_and_what_to_do(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.reimport_catalogue(|catalogue| {
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.push(serde_json::json!({"product": "wso2-is", "starts": "2026-05-31", "ends": "2026-11-05"}));
    })
    .await;
    let said = async |repository: &str| {
        app.next_window();
        app.ask(&token, &[&format!("repository:{repository}:pull")]).await;
        let text = format!("Pull refused: {repository}.");
        refusal(&app, CAROL, PAGE, &text).await
    };
    for (repository, why, has_button) in [
        ("wso2-is/is", "wso2-is is not in this token: Re-sync adds it.", true),
        ("wso2-ob/obam", "The subscription to wso2-ob begins on 2026-07-01.", false),
        ("elsewhere/any", "No product of this project has a repository of that name.", false),
        ("wso2-apimx/am", "No product of this project has a repository of that name.", false),
    ] {
        assert_eq!(said(repository).await, (format!("Pull refused: {repository}. {why}"), has_button));
    }
    app.next_window();
    app.ask(&token, &["repository:wso2-apim/am:push"]).await;
    let push = "Pull refused: wso2-apim/am (push). A token can pull only.";
    assert_eq!(refusal(&app, CAROL, PAGE, push).await, (push.to_owned(), false));
    app.next_window();
    app.ask(&token, &["registry:catalog:*"]).await;
    let catalogue = "Pull refused: registry:catalog:*. A token opens repositories only.";
    assert_eq!(refusal(&app, CAROL, PAGE, catalogue).await, (catalogue.to_owned(), false));
    app.next_window();
    app.ask(&token, &["repository:wso2-is/is:pull repository:elsewhere/one:pull repository:elsewhere/two:delete,pull"]).await;
    let several = "Pull refused: wso2-is/is, elsewhere/one, elsewhere/two (delete, pull). wso2-is/is: wso2-is is not in this \
                   token: Re-sync adds it. elsewhere/one and elsewhere/two: No product of this project has a repository of that \
                   name.";
    assert_eq!(refusal(&app, CAROL, PAGE, several).await, (several.to_owned(), true));
    // The missing product is now in the token; afterwards subscriptions have ended.
    app.resync(&app.actor(CAROL).await, "ACME", &token.row.id).await.expect("re-synced");
    let (now, has_button) = refusal(&app, CAROL, PAGE, "Pull refused: wso2-is/is.").await;
    assert_eq!((now.as_str(), has_button), ("Pull refused: wso2-is/is. The token opens it now.", false));
    app.at("2026-11-06T00:00:00Z");
    for (repository, product, ended) in [("wso2-is/is-tools", "wso2-is", "2026-11-05"), ("wso2-mi/mi", "wso2-mi", "2026-06-20")] {
        let why = format!("Pull refused: {repository}. The subscription to {product} ended on {ended}.");
        assert_eq!(said(repository).await, (why, false));
    }
}

async fn a_refusal_of_a_login_says_what_ended_and_what_to_do(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let said = async |text: &str| refusal(&app, ADMIN, PAGE, text).await;
    let admin = app.actor(ADMIN).await;
    lifecycle::disable(&app.state, &admin, "ACME", &token.row.id, "").await.expect("disabled");
    app.ask(&token, &[]).await;
    let disabled = "Login refused: the token was disabled.";
    assert_eq!(said(disabled).await.0, format!("{disabled} It does not work until an admin enables it."));
    lifecycle::enable(&app.state, &admin, "ACME", &token.row.id).await.expect("enabled");
    assert_eq!(said(disabled).await.0, format!("{disabled} It works again."));
    app.reimport_catalogue(|catalogue| {
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.retain(|period| period["product"] != "wso2-apim");
        subscriptions.push(serde_json::json!({"product": "wso2-apim", "starts": "2026-01-01", "ends": "2026-06-28"}));
    })
    .await;
    app.at("2026-07-04T00:00:00Z");
    app.ask(&token, &[]).await;
    let expired = "Login refused: no subscription to its products was running.";
    let expected = format!("{expired} The subscription to wso2-apim ended on 2026-06-28. Re-sync makes it work again.");
    assert_eq!(said(expired).await, (expected, true));
    app.resync(&admin, "ACME", &token.row.id).await.expect("re-synced");
    assert_eq!(said(expired).await, (format!("{expired} A subscription is running again."), false));
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
}

async fn a_refusal_of_a_login_says_what_became_of_the_owner(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let said = async |text: &str| refusal(&app, ADMIN, PAGE, text).await.0;
    for (is_member, why) in [(true, "its owner was deactivated"), (false, "its owner left the project")] {
        app.reimport_catalogue(|catalogue| {
            find(&mut catalogue["users"], "email", CAROL)["active"] = (!is_member).into();
            if !is_member {
                remove(&mut project(catalogue, "ACME")["members"], "email", CAROL);
            }
        })
        .await;
        app.next_window();
        assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
        let what = format!("Login refused: {why}.");
        assert_eq!(said(&what).await, format!("{what} It does not work until its owner is active in this project again."));
    }
    app.reimport_catalogue(|_| {}).await;
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
    for why in ["its owner was deactivated", "its owner left the project"] {
        assert_eq!(said(why).await, format!("Login refused: {why}. It works again."));
    }
}

async fn refused_too_often_says_what_to_look_at(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for _ in 0..12 {
        app.browser().ask(&token.row.login_name, "wrt_wrong", &[]).await;
    }
    let (said, has_button) = refusal(&app, CAROL, PAGE, "Logins refused").await;
    assert!(said.starts_with("Logins refused: too many failures; refused for "), "{said}");
    assert!(said.ends_with(" The refusals before say why. A login that is right is let in all the same."), "{said}");
    assert!(!has_button && app.lets_in(&token.row.login_name, &token.secret).await);
}

async fn a_right_secret_refused_too_often_says_what_is_wrong_with_it(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let admin = app.actor(ADMIN).await;
    app.app_error(lifecycle::disable(&app.state, &admin, "ACME", &token.row.id, "").await).await.expect("disabled");
    for n in 0..100 {
        app.browser().ask(&format!("acme.guess-{n}"), "wrt_wrong", &[]).await;
    }
    assert_eq!(app.ask(&token, &[]).await.status, 429);
    let (said, _) = refusal(&app, CAROL, PAGE, "Logins refused").await;
    assert!(said.starts_with("Logins refused: too many failures; the token was disabled."), "{said}");
    assert!(said.ends_with("; the token was disabled. It does not work until an admin enables it."), "{said}");
}

/// The cell texts of each table row in a section of the page, without the header row.
fn lines(page: &str, heading: &str) -> Option<Vec<String>> {
    let section = page.split(&format!(">{heading}</h2>")).nth(1)?.split("</section>").next()?;
    let text = |line: &str| line.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect::<String>();
    Some(section.split("<tr>").skip(2).map(text).collect())
}

async fn the_page_parts_what_runs_from_what_has_ended(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let page = async || app.signed_in(ADMIN).await.get(PAGE).await.body;
    let before = page().await;
    let opens = lines(&before, "Opens").expect("the section");
    assert!(opens.len() == 2 && opens[0].contains("wso2-apim2027") && opens[1].contains("wso2-mi2026-06-20"), "{opens:?}");
    assert_eq!(lines(&before, "No longer opens"), None);
    app.at("2026-06-21T00:00:00Z");
    app.reimport_catalogue(|catalogue| {
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.push(serde_json::json!({"product": "wso2-mi", "starts": "2026-09-01", "ends": "2027-08-31"}));
    })
    .await;
    let after = page().await;
    let ended = lines(&after, "No longer opens").expect("the section");
    assert!(lines(&after, "Opens").is_some_and(|lines| lines.len() == 1));
    assert!(ended.len() == 1 && ended[0].contains("wso2-mi2026-06-20"), "{ended:?}");
    assert!(ended[0].ends_with("The subscription begins on 2026-09-01; it opens again then."), "{ended:?}");
    let admin = app.actor(ADMIN).await;
    lifecycle::disable(&app.state, &admin, "ACME", &token.row.id, "").await.expect("disabled");
    assert!(page().await.contains("Nothing until an admin enables it. Then:"));
    lifecycle::enable(&app.state, &admin, "ACME", &token.row.id).await.expect("enabled");
    app.at("2035-01-01T00:00:00Z");
    let last = page().await;
    assert!(last.contains("Nothing: no subscription to its products is running."));
    let ended = lines(&last, "No longer opens").expect("the section");
    assert_eq!(ended.len(), 2);
    assert!(
        ended.iter().all(|line| line.ends_with("A renewed subscription opens it again. The token needs no change.")),
        "{ended:?}"
    );
}

async fn what_runs_stands_first_wherever_products_are_listed(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    for (ended, order) in [("wso2-apim", ["wso2-mi", "wso2-apim"]), ("wso2-mi", ["wso2-apim", "wso2-mi"])] {
        app.reimport_catalogue(|catalogue| {
            for period in project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list") {
                let ends = if period["product"] == ended { "2026-05-31" } else { "2026-12-31" };
                period["ends"] = ends.into();
            }
        })
        .await;
        let row = app.row(CAROL, "ACME", "ci-main").await;
        assert_eq!(row.products.iter().map(|product| product.key.as_str()).collect::<Vec<_>>(), order);
        let file = app.signed_in(CAROL).await.get("/projects/ACME/registry-tokens.csv").await;
        assert!(file.tells(&order.join(" ")), "{}", file.body);
        let page = app.signed_in(CAROL).await.get("/projects/ACME/registry-tokens").await.body;
        let at = |key: &str| page.find(&format!(">{key}</li>")).expect("in the row");
        assert!(at(order[0]) < at(order[1]), "{order:?}");
    }
}

async fn a_change_between_two_refusals_keeps_them_apart(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let wrong = async |times: usize| {
        for _ in 0..times {
            app.browser().ask(&token.row.login_name, "wrt_wrong", &[]).await;
        }
        app.pass(61);
    };
    app.pass(1);
    wrong(3).await;
    app.regenerate(&app.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    app.pass(1);
    wrong(1).await;
    wrong(1).await;
    app.write_denials().await;
    let page = app.signed_in(CAROL).await.get(PAGE).await.body;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("2 times since ") < at("Secret re-generated") && at("Secret re-generated") < at("3 times since "));
    assert_eq!(page.matches("Login refused: wrong secret.").count(), 2);
}

async fn a_tokens_history_holds_rows_of_its_project_only(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let gina = app.actor(GINA).await;
    app.delete(&gina, "GLOBEX", &token.row.id).await.expect_err("it is not in her project");
    assert_eq!(app.audit("token.delete.denied").await[0].token_id.as_ref(), Some(&token.row.id));
    assert!(!app.signed_in(CAROL).await.get(PAGE).await.tells(GINA));
}

async fn a_tokens_page_does_not_exist_for_who_may_not_see_it(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    for email in [DAVE, GINA] {
        let browser = app.signed_in(email).await;
        let hidden = browser.get(PAGE).await;
        assert_eq!(hidden.status, 404, "{email}");
        assert_eq!(hidden.seen(), browser.get("/projects/ACME/tokens/no-such-token").await.seen(), "{email}");
    }
    assert_eq!(app.browser().get(PAGE).await.status, 303);
    assert_eq!(app.signed_in(ADMIN).await.get(PAGE).await.status, 200);
}

async fn a_test_says_right_wrong_mistyped_and_disabled_and_keeps_no_trace(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let other = app.token(CAROL, "ACME", "other").await;
    let (cut, padded) = (&token.secret[..40], format!(" {}\n", token.secret));
    let test = async |secret: &str, said: &str, is_good: bool| {
        let carol = app.signed_in(CAROL).await;
        for ask in asks::test("ACME", "ci-main", " ACME.ci-main ", secret) {
            let reply = ask.by(&carol).await;
            assert!(reply.status == 200 && reply.tells(said), "{said}: {reply:?}");
            assert!(!reply.tells(&token.secret) && !reply.tells(&other.secret), "{ask:?}");
            match ask {
                Ask::Function(..) => assert_eq!(reply.output::<TestResult>().is_good, is_good, "{said}"),
                Ask::Form(..) => assert!(reply.tells("acme.ci-main") && reply.tells(">Opens</h2>"), "its own page"),
            }
        }
    };
    test(&token.secret, "The secret is right. It opens", true).await;
    test(&padded, "The secret is right. It opens", true).await;
    test(&other.secret, "The secret is wrong", false).await;
    test(cut, "mistyped or cut", false).await;
    app.at("2036-01-01T00:00:00Z");
    test(&token.secret, "no subscription", false).await;
    assert!(app.audit("registry.login.denied").await.is_empty());
    assert_eq!(app.holders(&token.secret).await, [""; 0]);
}

async fn the_csv_without_a_session_leads_to_sign_in_and_then_to_the_list(app: TestApp) {
    app.set_password(CAROL).await;
    for query in ["?q=ci&status=active", "?sort=name", ""] {
        let reply = app.browser().get(&format!("/projects/ACME/registry-tokens.csv{query}")).await;
        assert_eq!((reply.status, reply.header("content-disposition")), (303, ""), "no file");
        let page = app.browser().get(reply.header("location")).await;
        let next = page.body.split("name=\"next\" value=\"").nth(1).and_then(|value| value.split('"').next()).expect("where to");
        let next = next.replace("&amp;", "&");
        assert_eq!(next, format!("/projects/ACME/registry-tokens{query}"));
        let fields = [("email", CAROL), ("password", PASSWORD), ("next", &next)];
        assert_eq!(app.browser().form("/sign-in", &fields).await.header("location"), next);
    }
    let list = app.signed_in(CAROL).await.get("/projects/ACME/registry-tokens").await.body;
    let link = list.split("<a ").find(|link| link.contains("registry-tokens.csv")).and_then(|link| link.split('>').next());
    let link = link.expect("the link");
    assert!(!link.contains("download") && link.contains("rel=\"external\""), "a browser saves whatever answers: {link}");
}

async fn the_csv_holds_what_the_page_shows_and_no_more(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.token(DAVE, "ACME", "his").await;
    let file = "/projects/ACME/registry-tokens.csv";
    let own = app.signed_in(CAROL).await.get(file).await;
    assert_eq!(own.status, 200);
    assert!(own.header("content-type").starts_with("text/csv"));
    assert!(own.tells("\"ci-main\",\"acme.ci-main\",\"User\"") && !own.tells("his"));
    let all = app.signed_in(ADMIN).await.get(&format!("{file}?q=his")).await;
    assert!(all.tells("acme.his") && !all.tells("ci-main"));
    assert_eq!(app.signed_in(GINA).await.get(file).await.status, 404);
}
