//! Sentences in the less common states: a closed project, a gap between two subscriptions, a secret from the last rotation, a
//! disabled token, a lowered limit, and links that a form did not make.

use serde_json::{Value, json};

use crate::{
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        change::Change,
        change_words,
        project::CLOSED,
        secret_words,
        token::{Overlap, TokenRow, TokenStatus},
    },
    server::{
        clock::Day,
        tokens::{bulk, lifecycle},
    },
};

use super::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, DAVE, PAT, project, remove},
    on_both,
    tokens::Made,
};

on_both! {
    the_secret_before_the_old_one_ends_with_the_next_one,
    in_a_closed_project_nothing_is_advised_that_cannot_be_done,
    many_tokens_that_fail_already_are_said_to_fail_already,
    what_a_product_needs_says_what_the_token_needs_too,
    in_a_gap_a_subscription_begins_again,
    a_link_says_only_what_its_reader_did,
    a_re_sync_after_somebody_elses_says_so,
    a_product_without_a_repository_opens_nothing_yet,
    what_ended_has_ended,
    a_lowered_limit_is_told_beside_the_number,
    a_distance_belongs_to_the_date_beside_it,
}

const LIST: &str = "/projects/ACME/registry-tokens";
const PAGE: &str = "/projects/ACME/tokens/ci-main";

/// The subscriptions of ACME.
fn subscriptions(catalogue: &mut Value) -> &mut Vec<Value> {
    project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list")
}

/// Removes all products of a token except one.
async fn keep_product(app: &TestApp, token: &Made, product: &str) {
    let values = [token.row.id.as_str().into(), product.into()];
    app.execute("DELETE FROM token_products WHERE token_id = $1 AND product_key <> $2", &values).await;
}

/// Adds a product to a token, whatever its subscription.
async fn hold(app: &TestApp, token: &Made, product: &str) {
    let sql = "INSERT INTO token_products (token_id, product_key, added_at) VALUES ($1, $2, 1)";
    app.execute(sql, &[token.row.id.as_str().into(), product.into()]).await;
}

async fn disable(app: &TestApp, token: &Made) {
    lifecycle::disable(&app.state, &app.actor(ADMIN).await, "ACME", &token.row.id, "").await.expect("disabled");
}

/// The HTML of a token's row in the list.
async fn row_of(app: &TestApp, id: &str) -> String {
    let list = app.signed_in(CAROL).await.get(LIST).await.body;
    let row = list.split("<tr ").find(|row| row.contains(&format!("data-token=\"{id}\""))).expect("the token is listed");
    row.split("</tr>").next().expect("a row").to_owned()
}

async fn the_secret_before_the_old_one_ends_with_the_next_one(app: TestApp) {
    const ENDS: &str = " The former secret that this token still has ends at once.";
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, login) = (app.actor(CAROL).await, &token.row.login_name);
    let row = async || app.row(CAROL, "ACME", "ci-main").await;
    let audited = async || app.audit("token.secret_regenerated").await.pop().expect("an entry").detail;
    for overlap in Overlap::ALL {
        assert!(!secret_words::before_new_secret(&token.row, overlap).contains(ENDS));
    }
    let second = app.rotate(&carol, "ACME", &token.row, Overlap::Day).await;
    assert_eq!(audited().await, "old secret works until 2026-06-02 09:00 UTC");
    for overlap in Overlap::ALL {
        let said = secret_words::before_new_secret(&row().await, overlap);
        assert!(said.ends_with(ENDS), "{said}");
    }
    let page = app.signed_in(CAROL).await.get(&format!("{LIST}?dialog=regenerate-{}", token.row.id)).await;
    assert!(page.tells(ENDS));
    app.pass(1);
    assert!(app.lets_in(login, &token.secret).await);
    let third = app.rotate(&carol, "ACME", &row().await, Overlap::Hour).await;
    assert_eq!(audited().await, "old secret works until 2026-06-01 10:00 UTC, the one before it ended at once");
    let lets_in = [&token.secret, &second, &third].map(|secret| app.lets_in(login, secret));
    let [first, second, third] = lets_in;
    assert_eq!((first.await, second.await, third.await), (false, true, true));
    disable(&app, &token).await;
    let said = secret_words::before_new_secret(&row().await, Overlap::Day);
    assert!(said.starts_with("This token is disabled: ") && said.ends_with(ENDS), "{said}");
    app.pass(1);
    app.rotate(&carol, "ACME", &row().await, Overlap::Hour).await;
    assert_eq!(audited().await, "old secret kept until 2026-06-01 10:00 UTC, the one before it ended at once");
    app.at("2026-06-01T10:01:00Z");
    assert!(!secret_words::before_new_secret(&row().await, Overlap::None).contains(ENDS), "the overlap is over");
    app.regenerate(&carol, "ACME", &token.row.id, row().await.generation).await.expect("a new secret");
    assert_eq!(audited().await, "old secret ended at once");
}

async fn in_a_closed_project_nothing_is_advised_that_cannot_be_done(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let late = app.token(CAROL, "ACME", "late").await;
    keep_product(&app, &late, "wso2-mi").await;
    app.at("2026-07-01T00:00:00Z");
    app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    assert!(!app.lets_in(&token.row.login_name, "wrt_wrong").await);
    assert!(!app.lets_in(&late.row.login_name, &late.secret).await);
    let dialog = format!("{LIST}?dialog=resync-{}", token.row.id);
    let told = async || {
        let carol = app.signed_in(CAROL).await;
        let mut told = String::new();
        for path in [LIST, PAGE, "/projects/ACME/tokens/late", "/projects/ACME/registry-tokens.csv"] {
            told.push_str(&carol.get(path).await.body);
        }
        (told, carol.get(&dialog).await)
    };
    let advice = [
        "tokens have products to add",
        "class=\"badge badge-plain to-add\"",
        "Re-sync makes it work again",
        "Re-sync adds it",
        "Re-sync Products lets this token open them",
        "means Re-generate Secret",
        "dialog=resync-",
        "\"wso2-ob\"",
    ];
    let (before, _) = told().await;
    for text in advice {
        assert!(before.contains(text), "{text}");
    }
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    let (after, resync) = told().await;
    for text in advice {
        assert!(!after.contains(text), "{text}");
    }
    for text in ["wso2-ob is not in this token.", "Use the newest secret.", "A renewed subscription makes it work again."] {
        assert!(after.contains(text), "{text}");
    }
    let (_, consequence) = resync.body.split_once("class=\"consequence\"").expect("the dialog");
    assert!(consequence.split("</p>").next().is_some_and(|text| text.ends_with(&format!(">{CLOSED}"))), "{consequence}");
    assert_eq!(after.matches("Login refused").count(), before.matches("Login refused").count());
}

async fn many_tokens_that_fail_already_are_said_to_fail_already(app: TestApp) {
    let mut tokens = Vec::new();
    for (owner, name) in [(CAROL, "one"), (CAROL, "two"), (DAVE, "his")] {
        tokens.push(app.token(owner, "ACME", name).await);
        app.pass(1);
    }
    let [one, two, _] = &tokens[..] else { panic!("three") };
    for token in [one, two] {
        disable(&app, token).await;
    }
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", DAVE)).await;
    let rows = app.rows(ADMIN, "ACME").await;
    let said = |change, rows: &[TokenRow]| change_words::after(change, rows, 0);
    assert_eq!(said(Change::Delete, &rows), "Logins and pulls with them fail already. This cannot be undone.");
    assert_eq!(
        said(Change::Disable, &rows),
        "Logins and pulls with them fail already. 1 token (his) does not work until an admin enables it and its owner is active in \
         this project again. 2 tokens (two, one) do not work until an admin enables them."
    );
    let disabled: Vec<TokenRow> = rows.iter().filter(|row| row.is_disabled_by_admin).cloned().collect();
    assert_eq!(said(Change::Disable, &disabled), "They are disabled already.");
    assert_eq!(said(Change::Enable, &disabled), "Their secrets work again from the moment you enable them.");
    lifecycle::enable(&app.state, &app.actor(ADMIN).await, "ACME", &one.row.id).await.expect("enabled");
    let mixed = app.rows(ADMIN, "ACME").await;
    assert!(said(Change::Delete, &mixed).starts_with("Logins and pulls with them fail from the moment you delete them."));
    let enabled: Vec<TokenRow> = mixed.into_iter().filter(|row| !row.is_disabled_by_admin).collect();
    assert_eq!(
        said(Change::Enable, &enabled),
        "1 token (his) does not work until its owner is active in this project again.",
        "no admin disabled them, so none works again"
    );
}

async fn what_a_product_needs_says_what_the_token_needs_too(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.at("2026-07-01T00:00:00Z");
    let page = async || app.signed_in(CAROL).await.get(PAGE).await.body;
    let (adds, renewed) =
        ("Re-sync Products lets this token open them.", "A renewed subscription opens it again. The token needs");
    assert!(page().await.contains(adds) && page().await.contains(renewed));
    disable(&app, &token).await;
    let now = page().await;
    assert!(!now.contains(adds) && !now.contains(renewed));
    let until = "The token does not work until an admin enables it.";
    assert!(now.contains(&format!("Products to add: wso2-ob. Re-sync Products adds them. {until}")));
    assert!(now.contains(&format!("It needs a renewed subscription. {until}")));
    app.reimport_catalogue(|catalogue| {
        subscriptions(catalogue).push(json!({"product": "wso2-mi", "starts": "2026-09-01", "ends": "2027-08-31"}));
    })
    .await;
    assert!(page().await.contains(&format!("The subscription begins on 2026-09-01. {until}")));
    lifecycle::enable(&app.state, &app.actor(ADMIN).await, "ACME", &token.row.id).await.expect("enabled");
    assert!(page().await.contains("The subscription begins on 2026-09-01; it opens again then."));
    app.ask(&token, &["repository:wso2-mi/mi:pull"]).await;
    assert!(page().await.contains("The subscription to wso2-mi ended on 2026-06-20 and begins again on 2026-09-01."));
}

async fn in_a_gap_a_subscription_begins_again(app: TestApp) {
    app.reimport_catalogue(|catalogue| {
        subscriptions(catalogue).retain(|period| period["product"] == "wso2-mi");
        subscriptions(catalogue).push(json!({"product": "wso2-mi", "starts": "2026-09-01", "ends": "2027-08-31"}));
    })
    .await;
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let again = "The subscription begins again on 2026-09-01.";
    for (moment, status) in [("2026-06-20T00:00:00Z", "Expiring soon"), ("2026-06-21T00:00:00Z", "Expired")] {
        app.at(moment);
        let carol = app.signed_in(CAROL).await;
        let (list, page) = (carol.get(LIST).await.body, carol.get(PAGE).await.body);
        assert!(page.contains(&format!("{status}. {again}")), "{moment}");
        assert!(list.contains(&format!("title=\"{again}\">{again}<")), "{moment}");
        assert!(!list.contains("Renew the subscription") && !list.contains("A renewed subscription"), "{moment}");
        assert!(carol.get("/projects/ACME/registry-tokens.csv").await.tells(again), "{moment}");
    }
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
    app.ask(&token, &["repository:wso2-mi/mi:pull"]).await;
    let page = app.signed_in(CAROL).await.get(PAGE).await.body;
    assert!(page.contains(&format!("The subscription to wso2-mi ended on 2026-06-20. {again}")));
    app.at("2026-09-01T00:00:00Z");
    assert!(app.lets_in(&token.row.login_name, &token.secret).await);
}

async fn a_link_says_only_what_its_reader_did(app: TestApp) {
    let (token, gone) = (app.token(CAROL, "ACME", "ci-main").await, app.token(CAROL, "ACME", "gone").await);
    let (his, carol) = (app.token(DAVE, "ACME", "his").await, app.actor(CAROL).await);
    let said = async |email: &str, done: &str, id: &str| {
        let page = app.signed_in(email).await.get(&format!("{LIST}?done={done}.{id}")).await;
        assert_eq!(page.status, 200);
        page.notice().is_some()
    };
    let all = ["resync", "resync-nothing", "regenerate", "disable", "enable", "end-overlap", "delete", "delete-failing"];
    for id in [&token.row.id, &his.row.id, "", "0123456789abcdef0123456789abcdef"] {
        for done in all.into_iter().filter(|done| *done != "resync-nothing" || id != token.row.id) {
            assert!(!said(CAROL, done, id).await, "{done}.{id}");
        }
    }
    assert!(said(CAROL, "resync-nothing", &token.row.id).await, "it has nothing to add");
    app.delete(&carol, "ACME", &gone.row.id).await.expect("deleted");
    assert!(said(CAROL, "delete", &gone.row.id).await && !said(ADMIN, "delete", &gone.row.id).await);
    app.pass(1);
    app.rotate(&carol, "ACME", &token.row, Overlap::Day).await;
    app.pass(1);
    lifecycle::end_overlap(&app.state, &carol, "ACME", &token.row.id).await.expect("ended");
    assert!(said(CAROL, "end-overlap", &token.row.id).await && !said(CAROL, "enable", &token.row.id).await);
    app.pass(1);
    app.rotate(&carol, "ACME", &app.row(CAROL, "ACME", "ci-main").await, Overlap::Day).await;
    assert!(!said(CAROL, "end-overlap", &token.row.id).await, "a former secret works");
    app.at("2026-07-01T00:00:00Z");
    assert!(!said(CAROL, "resync-nothing", &token.row.id).await, "it has products to add");
    app.resync(&carol, "ACME", &token.row.id).await.expect("re-synced");
    assert!(said(CAROL, "resync", &token.row.id).await && said(CAROL, "resync-nothing", &token.row.id).await);
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    assert!(!said(CAROL, "resync-nothing", &token.row.id).await, "that is not the reason");
}

async fn a_re_sync_after_somebody_elses_says_so(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.at("2026-07-01T00:00:00Z");
    let row = app.row(CAROL, "ACME", "ci-main").await;
    app.resync(&app.actor(ADMIN).await, "ACME", &token.row.id).await.expect("re-synced");
    let (carol, id) = (app.actor(CAROL).await, [token.row.id.clone()]);
    let resync = async || -> BulkOutcome {
        let outcome = bulk::change(&app.state, &carol, "ACME", &id, &BulkAction::Resync).await;
        app.app_error(outcome).await.expect("nothing to do")
    };
    assert_eq!(
        change_words::result(Change::Resync, std::slice::from_ref(&row), &resync().await),
        "ci-main: There is nothing to add any more: somebody re-synced it meanwhile, or a subscription has ended."
    );
    // No subscription to its own products ran.
    let expired = TokenRow { days_left: None, status: TokenStatus::Expired, ..row };
    let said = change_words::result(Change::Resync, &[expired], &resync().await);
    assert!(!said.contains("no subscription of this project is running"), "{said}");
    let row = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!(
        change_words::result(Change::Resync, &[row], &resync().await),
        "ci-main: There is nothing to add: it holds every product whose subscription is running."
    );
}

async fn a_product_without_a_repository_opens_nothing_yet(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.execute("DELETE FROM product_repositories", &[]).await;
    let carol = app.signed_in(CAROL).await;
    for ask in asks::test("ACME", "ci-main", "acme.ci-main", &token.secret) {
        let reply = ask.by(&carol).await;
        assert!(reply.tells("The secret is right. Its products have no repository yet."), "{reply:?}");
    }
}

async fn what_ended_has_ended(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let title = "wso2-mi, not running; its subscription ";
    hold(&app, &token, "wso2-ob").await;
    assert!(row_of(&app, &token.row.id).await.contains("wso2-ob, not running; its subscription ends 2027-06-30\""));
    app.at("2026-06-20T23:59:59Z");
    assert!(!row_of(&app, &token.row.id).await.contains(title));
    app.at("2026-06-21T00:00:00Z");
    assert!(row_of(&app, &token.row.id).await.contains(&format!("{title}ended 2026-06-20\"")));
}

async fn a_lowered_limit_is_told_beside_the_number(app: TestApp) {
    for name in ["one", "two", "three"] {
        app.token(PAT, "ACME", name).await;
    }
    app.token(PAT, "GLOBEX", "elsewhere").await;
    let app = app.with(|config| config.tokens_per_project = 2).await;
    let refused = async |app: &TestApp| match app.generate(&app.actor(PAT).await, "ACME", "more").await {
        Err(AppError::Conflict(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&app).await, "This project has 3 tokens and can have 2 at most. Delete those no longer used.");
    let app = app.with(|config| (config.tokens_per_project, config.tokens_per_person) = (10, 1)).await;
    assert_eq!(
        refused(&app).await,
        "You have 4 tokens, and one person can have 1 at most. Your tokens in all projects count, also in closed ones and in those you \
         left. Delete those no longer used."
    );
}

async fn a_distance_belongs_to_the_date_beside_it(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    keep_product(&app, &token, "wso2-mi").await;
    assert!(row_of(&app, &token.row.id).await.contains("in 19 days"));
    hold(&app, &token, "wso2-ob").await;
    let row = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!((row.status, row.days_left, row.days_to_end()), (TokenStatus::ExpiringSoon, Some(19), None));
    assert_eq!(row.subscription_end.as_deref(), Some("2027-06-30"));
    let html = row_of(&app, &token.row.id).await;
    assert!(html.contains("2027-06-30") && !html.contains("in 19 days"), "{html}");
    assert!(!app.signed_in(CAROL).await.get(PAGE).await.body.contains("in 19 days"));
    // It runs: the date and the distance are its own.
    app.at("2026-07-01T00:00:00Z");
    let row = app.row(CAROL, "ACME", "ci-main").await;
    let end = Day::parse("2027-06-30").expect("a day");
    assert_eq!(row.days_to_end(), Some(app.state.clock.today().days_until(end)));
}
