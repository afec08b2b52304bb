//! Several subscription periods of one product, consecutive or overlapping: access is their union.

use serde_json::{Value, json};

use crate::models::token::TokenStatus;

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, GINA, original, project},
    on_both,
    tokens::products,
};

on_both! {
    a_renewal_goes_on_where_the_first_period_ends,
    a_jwt_outlives_the_last_day_of_a_period_that_is_renewed,
    periods_that_overlap_are_one_access,
    a_gap_closes_access_and_the_next_period_opens_it,
    a_second_import_of_renewals_changes_nothing,
    a_period_that_the_file_no_longer_names_ends,
    the_same_period_twice_is_refused,
    my_projects_tells_the_end_without_a_gap,
}

/// Gives GLOBEX these subscription periods for wso2-is.
fn periods(list: &[(&str, &str)]) -> impl FnOnce(&mut Value) {
    let list: Vec<Value> =
        list.iter().map(|(starts, ends)| json!({"product": "wso2-is", "starts": starts, "ends": ends})).collect();
    move |catalogue| project(catalogue, "GLOBEX")["subscriptions"] = list.into()
}

async fn a_renewal_goes_on_where_the_first_period_ends(app: TestApp) {
    let changes = app.reimport_catalogue(periods(&[("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")])).await;
    assert_eq!(changes, ["project GLOBEX: subscription to wso2-is from 2027-01-01 to 2027-12-31 added"]);
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    assert_eq!(products(&token.row), ["wso2-is"]);
    for (moment, days_left) in [("2026-12-31T23:59:59Z", 365), ("2027-01-01T00:00:00Z", 364), ("2027-12-31T23:59:59Z", 0)] {
        app.at(moment);
        let row = app.row(GINA, "GLOBEX", "ci-main").await;
        assert_eq!((row.subscription_end.as_deref(), row.days_left), (Some("2027-12-31"), Some(days_left)), "{moment}");
        assert_eq!(row.products[0].ends.as_deref(), Some("2027-12-31"), "{moment}");
        assert!(app.pulls(&token, "wso2-is/is").await, "{moment}");
        assert!(row.products_to_add.is_empty(), "nothing to re-sync");
    }
    app.at("2028-01-01T00:00:00Z");
    assert_eq!(app.row(GINA, "GLOBEX", "ci-main").await.status, TokenStatus::Expired);
    assert!(!app.pulls(&token, "wso2-is/is").await);
}

async fn a_jwt_outlives_the_last_day_of_a_period_that_is_renewed(app: TestApp) {
    app.reimport_catalogue(periods(&[("2026-01-01", "2026-06-20"), ("2026-06-21", "2026-06-21")])).await;
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    for (moment, expires_in) in [("2026-06-20T23:59:00Z", 300), ("2026-06-21T23:59:00Z", 60)] {
        app.at(moment);
        let reply = app.ask(&token, &["repository:wso2-is/is:pull"]).await;
        assert_eq!(reply.json()["expires_in"], expires_in, "{moment}");
    }
}

async fn periods_that_overlap_are_one_access(app: TestApp) {
    // Two periods are active today; the one with the latest start ends first.
    app.reimport_catalogue(periods(&[("2026-05-01", "2026-08-31"), ("2026-01-01", "2026-07-15"), ("2026-06-15", "2026-06-30")]))
        .await;
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    assert_eq!((products(&token.row), token.row.subscription_end.as_deref()), (vec!["wso2-is"], Some("2026-08-31")));
    let held = "SELECT count(*) FROM token_products WHERE token_id = $1";
    assert_eq!(app.number(held, &[(&token.row.id).into()]).await, 1);
    for (moment, opened) in [("2026-06-20T12:00:00Z", true), ("2026-08-31T23:59:59Z", true), ("2026-09-01T00:00:00Z", false)] {
        app.at(moment);
        assert_eq!(app.pulls(&token, "wso2-is/is").await, opened, "{moment}");
        assert_eq!(app.row(GINA, "GLOBEX", "ci-main").await.products[0].running, opened, "{moment}");
    }
    let page = app.signed_in(GINA).await.get("/projects/GLOBEX/registry-tokens").await;
    for day in ["2026-05-01", "2026-01-01", "2026-07-15", "2026-06-30"] {
        assert!(page.tells(day), "{day}");
    }
}

async fn a_gap_closes_access_and_the_next_period_opens_it(app: TestApp) {
    app.reimport_catalogue(periods(&[("2026-01-01", "2026-06-29"), ("2026-07-01", "2026-12-31")])).await;
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    for (moment, opened, end) in [
        ("2026-06-29T23:59:59Z", true, "2026-06-29"),
        ("2026-06-30T00:00:00Z", false, "2026-06-29"),
        ("2026-07-01T00:00:00Z", true, "2026-12-31"),
    ] {
        app.at(moment);
        let row = app.row(GINA, "GLOBEX", "ci-main").await;
        assert_eq!((row.subscription_end.as_deref(), row.products[0].running), (Some(end), opened), "{moment}");
        assert_eq!(row.status == TokenStatus::Expired, !opened, "{moment}");
        assert_eq!(app.lets_in(&token.row.login_name, &token.secret).await, opened, "{moment}");
    }
}

async fn a_second_import_of_renewals_changes_nothing(app: TestApp) {
    let list = [("2025-03-01", "2026-02-28"), ("2026-03-01", "2027-02-28"), ("2027-03-01", "2028-02-29")];
    assert_eq!(app.reimport_catalogue(periods(&list)).await.len(), 3);
    let before = app.dump().await;
    assert_eq!(app.reimport_catalogue(periods(&list)).await, [""; 0]);
    app.pass(400 * 86_400);
    let turned = [list[2], list[0], list[1]];
    assert_eq!(app.reimport_catalogue(periods(&turned)).await, [""; 0], "their order says nothing");
    assert_eq!(app.dump().await, before);
}

async fn a_period_that_the_file_no_longer_names_ends(app: TestApp) {
    let list = [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")];
    app.reimport_catalogue(periods(&list)).await;
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    let changes = app.reimport_catalogue(periods(&list[..2])).await;
    assert_eq!(changes, ["project GLOBEX: subscription to wso2-is from 2027-01-01 to 2027-12-31 ended"]);
    assert_eq!(app.row(GINA, "GLOBEX", "ci-main").await.subscription_end.as_deref(), Some("2026-12-31"));
    let changes = app.reimport_catalogue(periods(&[list[0], list[2]])).await;
    assert_eq!(
        changes,
        ["project GLOBEX: subscription to wso2-is from 2026-01-01 to 2026-12-31 now from 2027-01-01 to 2027-12-31"]
    );
    assert!(!app.pulls(&token, "wso2-is/is").await, "until it begins");
    let changes = app.reimport_catalogue(periods(&[])).await;
    assert_eq!(changes, ["project GLOBEX: subscription to wso2-is ended"]);
    assert_eq!(app.reimport_catalogue(periods(&[])).await, [""; 0]);
    app.at("2027-06-01T00:00:00Z");
    assert!(!app.pulls(&token, "wso2-is/is").await);
}

async fn the_same_period_twice_is_refused(app: TestApp) {
    let before = app.dump().await;
    let mut catalogue = original();
    periods(&[("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"), ("2026-01-01", "2026-12-31")])(&mut catalogue);
    let errors = app.import(&catalogue.to_string(), false).await.expect_err("an error");
    let expected = "$.projects[2].subscriptions[2].product: \"wso2-is\" is a duplicate of $.projects[2].subscriptions[0].product";
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with(expected), "{errors:?}");
    assert_eq!(app.dump().await, before);
}

async fn my_projects_tells_the_end_without_a_gap(app: TestApp) {
    app.reimport_catalogue(periods(&[("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-11-30"), ("2027-02-01", "2028-01-31")]))
        .await;
    let gina = app.signed_in(GINA).await;
    let admin = app.signed_in(ADMIN).await;
    for (browser, path, end) in [
        (&gina, "/", "2026-11-30"),
        (&gina, "/projects/GLOBEX/registry-tokens", "2026-11-30"),
        (&admin, "/", "2027-12-31"),
        (&admin, "/projects/ACME/registry-tokens", "2027-12-31"),
    ] {
        let page = browser.get(path).await;
        assert!(page.body.contains(&format!("subscriptions until {end}")), "{path}: {end}");
    }
}
