//! Token Status and Subscription End Date on the page, and the matching responses of the token endpoint.

use crate::{
    models::token::{TokenRow, TokenStatus},
    server::accounts,
};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, GINA, PIPELINE, find, project, remove},
    on_both,
    tokens::Made,
};

on_both! {
    a_token_is_active_then_expiring_soon_then_expired,
    a_token_lives_as_long_as_the_longest_of_its_subscriptions,
    each_product_shows_its_own_end_and_whether_it_runs,
    an_expired_token_revives_when_the_customer_renews,
    a_token_is_disabled_while_its_person_is_out_of_the_project,
    a_token_is_disabled_when_its_person_is_deactivated,
    a_service_token_is_disabled_while_its_service_user_is,
    a_disabled_token_says_so_and_opens_nothing,
    disabled_comes_before_expired,
}

fn state(row: &TokenRow) -> (TokenStatus, Option<i64>) {
    (row.status, row.days_left)
}

/// Checks that the list shows the token as disabled for this reason, and that the token endpoint denies it.
async fn assert_disabled(app: &TestApp, token: &Made, why: &str) {
    let row = app.row(ADMIN, "ACME", &token.row.name).await;
    assert_eq!((row.status, row.status_reason.as_deref()), (TokenStatus::Disabled, Some(why)));
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await, "{why}");
}

async fn assert_active(app: &TestApp, token: &Made) {
    let row = app.row(ADMIN, "ACME", &token.row.name).await;
    assert_eq!((row.status, row.status_reason), (TokenStatus::Active, None));
    assert!(app.pulls(token, "wso2-apim/am").await);
}

async fn a_token_is_active_then_expiring_soon_then_expired(app: TestApp) {
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    for (moment, expected) in [
        ("2026-11-30T23:59:59Z", (TokenStatus::Active, Some(31))),
        ("2026-12-01T00:00:00Z", (TokenStatus::ExpiringSoon, Some(30))),
        ("2026-12-31T23:59:59Z", (TokenStatus::ExpiringSoon, Some(0))),
        ("2027-01-01T00:00:00Z", (TokenStatus::Expired, None)),
    ] {
        app.at(moment);
        let row = app.row(GINA, "GLOBEX", "ci-main").await;
        assert_eq!(state(&row), expected, "{moment}");
        assert_eq!(row.subscription_end.as_deref(), Some("2026-12-31"), "{moment}");
        assert_eq!(app.lets_in(&token.row.login_name, &token.secret).await, expected.1.is_some(), "{moment}");
    }
}

async fn a_token_lives_as_long_as_the_longest_of_its_subscriptions(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(token.row.subscription_end.as_deref(), Some("2027-12-31"));
    assert_eq!(state(&token.row), (TokenStatus::Active, Some(578)));
    app.at("2026-06-21T00:00:00Z");
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.status, TokenStatus::Active, "one of its two products is left");
    assert!(app.pulls(&token, "wso2-apim/am").await && !app.pulls(&token, "wso2-mi/mi").await);
}

async fn each_product_shows_its_own_end_and_whether_it_runs(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let shown = async || {
        let row = app.row(CAROL, "ACME", "ci-main").await;
        row.products.into_iter().map(|product| (product.ends.unwrap_or_default(), product.running)).collect::<Vec<_>>()
    };
    assert_eq!(shown().await, [("2027-12-31".to_owned(), true), ("2026-06-20".to_owned(), true)]);
    app.at("2026-06-21T00:00:00Z");
    assert_eq!(shown().await, [("2027-12-31".to_owned(), true), ("2026-06-20".to_owned(), false)]);
}

async fn an_expired_token_revives_when_the_customer_renews(app: TestApp) {
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    app.at("2027-01-15T00:00:00Z");
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
    app.reimport_catalogue(|catalogue| project(catalogue, "GLOBEX")["subscriptions"][0]["ends"] = "2027-12-31".into()).await;
    assert_eq!(app.row(GINA, "GLOBEX", "ci-main").await.status, TokenStatus::Active);
    assert!(app.pulls(&token, "wso2-is/is").await);
}

async fn a_token_is_disabled_while_its_person_is_out_of_the_project(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    assert_disabled(&app, &token, "Carol Customer left the project").await;
    app.reimport_catalogue(|_| {}).await;
    assert_active(&app, &token).await;
}

async fn a_token_is_disabled_when_its_person_is_deactivated(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.app_error(accounts::deactivate(&app.state, "Carol@Acme.Example").await).await.expect("she is deactivated");
    assert_disabled(&app, &token, "Carol Customer was deactivated").await;
    app.reimport_catalogue(|_| {}).await;
    assert_active(&app, &token).await;
    app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["active"] = false.into()).await;
    assert_disabled(&app, &token, "Carol Customer was deactivated").await;
}

async fn a_service_token_is_disabled_while_its_service_user_is(app: TestApp) {
    let token = app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    app.reimport_catalogue(|catalogue| {
        find(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)["active"] = false.into()
    })
    .await;
    assert_disabled(&app, &token, "CI pipeline was deactivated").await;
    app.reimport_catalogue(|_| {}).await;
    assert_active(&app, &token).await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)).await;
    assert_disabled(&app, &token, "CI pipeline was deactivated").await;
}

async fn a_disabled_token_says_so_and_opens_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let sql = "UPDATE tokens SET disabled_at = $2, disabled_reason = $3 WHERE id = $1";
    let now = app.state.clock.now();
    app.execute(sql, &[(&token.row.id).into(), now.into(), "".into()]).await;
    assert_disabled(&app, &token, "Disabled by an admin").await;
    app.execute(sql, &[(&token.row.id).into(), now.into(), "leaked".into()]).await;
    assert_disabled(&app, &token, "Disabled by an admin: leaked").await;
    app.execute(sql, &[(&token.row.id).into(), None::<i64>.into(), None::<&str>.into()]).await;
    assert_active(&app, &token).await;
}

async fn disabled_comes_before_expired(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
    app.at("2028-01-01T00:00:00Z");
    assert_disabled(&app, &token, "Carol Customer was deactivated").await;
}
