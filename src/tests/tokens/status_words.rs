//! The advice in a status, and which tokens count as unused.

use crate::models::{
    filter::{Filter, ToggleFilter},
    status_words,
    token::TokenStatus,
    token_list::TokenList,
};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, find, project},
    on_both,
    tokens::Made,
};

on_both! {
    an_expired_token_says_that_re_sync_makes_it_work_again,
    one_that_expires_soon_says_until_when_re_sync_keeps_it_working,
    a_status_that_stays_near_its_end_is_not_called_active,
    without_a_subscription_nothing_is_promised,
    only_what_is_older_than_thirty_days_counts_as_unused,
}

const LIST: &str = "/projects/ACME/registry-tokens";

/// A token of Carol's with only this product.
async fn holding(app: &TestApp, name: &str, product: &str) -> Made {
    let token = app.token(CAROL, "ACME", name).await;
    let id = &token.row.id;
    app.execute("DELETE FROM token_products WHERE token_id = $1", &[id.into()]).await;
    let sql = "INSERT INTO token_products (token_id, product_key, added_at) VALUES ($1, $2, 1)";
    app.execute(sql, &[id.into(), product.into()]).await;
    token
}

/// Checks the row, the attention line, the token page and the dialog; then that Re-sync has the effect they announce.
async fn check(app: &TestApp, token: &Made, first_line: &str, attention: &str, button: &str, transition: &str) {
    let name = &token.row.name;
    let carol = app.signed_in(CAROL).await;
    let list = carol.get(LIST).await;
    let remedy = first_line.split_once(". ").expect("two sentences").1;
    for text in [remedy, attention, button] {
        assert!(list.body.contains(text), "{text}");
    }
    let page = carol.get(&format!("/projects/ACME/tokens/{name}")).await;
    assert!(page.body.contains(first_line), "{first_line}");
    let dialog = carol.get(&format!("{LIST}?dialog=resync-{}", token.row.id)).await;
    assert!(dialog.body.contains(transition), "{transition}");

    let before = app.row(CAROL, "ACME", name).await;
    asks::changes("ACME", &token.row.id)[0].by(&carol).await;
    let row = app.row(CAROL, "ACME", name).await;
    let end = row.subscription_end.clone().unwrap_or_default();
    let kept = format!("{} \u{2192} {} until {end}", before.status.label(), row.status.label());
    assert!(transition.contains(&kept), "{transition}: {kept}");
    assert!(app.lets_in(&row.login_name, &token.secret).await);
    assert_eq!(status_words::after_resync(&row, app.state.clock.now()), None);
}

async fn an_expired_token_says_that_re_sync_makes_it_work_again(app: TestApp) {
    let token = holding(&app, "late-one", "wso2-is").await;
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
    let (first, attention) = ("Expired. Re-sync makes it work again.", "1 token is expired");
    check(&app, &token, first, attention, "Re-sync expired", "Expired \u{2192} Active until 2027-12-31.").await;
}

async fn one_that_expires_soon_says_until_when_re_sync_keeps_it_working(app: TestApp) {
    let token = holding(&app, "soon-out", "wso2-mi").await;
    let first = "Expiring soon. Re-sync keeps it working until 2027-12-31.";
    let transition = "Expiring soon \u{2192} Active until 2027-12-31.";
    check(&app, &token, first, "1 token ends within 30 days", "Re-sync expiring", transition).await;
}

async fn a_status_that_stays_near_its_end_is_not_called_active(app: TestApp) {
    app.reimport_catalogue(|catalogue| {
        find(&mut project(catalogue, "ACME")["subscriptions"], "product", "wso2-apim")["ends"] = "2026-06-09".into()
    })
    .await;
    let token = holding(&app, "late-two", "wso2-is").await;
    let transition = "Expired \u{2192} Expiring soon until 2026-06-20.";
    check(&app, &token, "Expired. Re-sync makes it work again.", "1 token is expired", "Re-sync expired", transition).await;
}

async fn without_a_subscription_nothing_is_promised(app: TestApp) {
    for name in ["one", "other"] {
        app.token(CAROL, "ACME", name).await;
    }
    app.at("2033-03-03T03:03:03Z");
    let carol = app.signed_in(CAROL).await;
    let list = carol.get(LIST).await;
    assert!(list.body.contains("2 tokens are expired") && !list.body.contains("Re-sync expired"));
    assert!(list.body.contains("A renewed subscription makes them work again."));
    let page = carol.get("/projects/ACME/tokens/other").await;
    assert!(page.body.contains("Expired. A renewed subscription makes it work again."));
    for (count, helped, said) in [
        (1, 1, ". Re-sync makes it work again."),
        (3, 3, ". Re-sync makes them work again."),
        (7, 2, ". Re-sync makes 2 of them work again."),
    ] {
        assert_eq!(status_words::attention_remedy(TokenStatus::Expired, count, helped, 0), said);
    }
}

async fn only_what_is_older_than_thirty_days_counts_as_unused(app: TestApp) {
    let (old, used) = (app.token(CAROL, "ACME", "old").await, app.token(CAROL, "ACME", "used").await);
    let unused = async || {
        let rows = app.rows(ADMIN, "ACME").await;
        let names: Vec<_> = rows.iter().filter(|row| row.is_unused).map(|row| row.name.clone()).collect();
        assert_eq!(Filter::default().find(&TokenList::of(rows)).facets.count(ToggleFilter::Unused) as usize, names.len());
        let file = app.signed_in(ADMIN).await.get(&format!("{LIST}.csv?unused=1")).await.body;
        assert_eq!(file.lines().count() - 1, names.len(), "{file}");
        names
    };
    assert_eq!(unused().await, [""; 0], "they were made a minute ago");
    let last_used = async |name: &str, said: &str| {
        for path in [LIST.to_owned(), format!("/projects/ACME/tokens/{name}")] {
            let page = app.signed_in(CAROL).await.get(&path).await;
            assert!(page.body.contains(&format!(">{said}<")), "{path}: {said}");
        }
        let dialog = app.signed_in(CAROL).await.get(&format!("{LIST}?dialog=delete-{}", old.row.id)).await;
        let made = said.strip_prefix("Never, ").map(|made| format!(" It was {made}.")).unwrap_or_default();
        assert!(dialog.body.contains(&format!("old was never used.{made}<")), "{said}");
    };
    last_used("old", "Never, made today").await;
    app.at("2026-07-01T23:59:59Z");
    last_used("old", "Never, made 30 days ago").await;
    assert_eq!(unused().await, [""; 0]);
    app.at("2026-07-02T00:00:00Z");
    assert!(app.pulls(&used, "wso2-apim/am").await);
    app.state.token_endpoint.usage.flush().await;
    app.token(CAROL, "ACME", "young").await;
    last_used("old", "Never").await;
    assert_eq!(unused().await, ["old"]);
}
