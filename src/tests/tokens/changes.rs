//! Changes to a token: re-sync, re-generate and delete, one at a time and two concurrently.

use crate::error::AppError;

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, project},
    on_both,
    tokens::products,
};

on_both! {
    a_token_does_not_gain_a_new_product_until_it_is_synced,
    a_second_sync_adds_nothing_and_leaves_no_trace,
    a_sync_never_takes_a_product_away,
    a_new_secret_ends_the_old_one_at_once,
    a_new_secret_adds_no_product,
    a_stale_page_cannot_replace_a_newer_secret,
    two_new_secrets_at_once_leave_one_that_works,
    a_deleted_token_is_gone_and_the_audit_trail_remains,
    a_deleted_name_is_free_and_its_old_secret_stays_dead,
    of_two_deletions_at_once_one_finds_nothing,
    a_deletion_and_a_new_secret_at_once_leave_no_secret,
}

async fn a_token_does_not_gain_a_new_product_until_it_is_synced(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, id) = (app.actor(CAROL).await, &token.row.id);
    app.at("2026-07-01T00:00:00Z");
    let later = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!((products(&later), later.products_to_add.join(" ")), (vec!["wso2-apim", "wso2-mi"], "wso2-ob".to_owned()));
    assert!(!app.pulls(&token, "wso2-ob/obam").await);

    assert_eq!(app.resync(&carol, "ACME", id).await, Ok(vec!["wso2-ob".to_owned()]));
    let synced = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!((products(&synced), synced.products_to_add.len()), (vec!["wso2-apim", "wso2-ob", "wso2-mi"], 0));
    assert!(app.pulls(&token, "wso2-ob/obam").await, "the secret is the same as before");
    assert_eq!((synced.generation, app.live_secrets(id).await), (1, 1));
    let audit = app.audit("token.resynced").await.pop().expect("a row");
    assert_eq!((audit.actor.as_str(), audit.detail.as_str()), (CAROL, "added wso2-ob"));
}

async fn a_second_sync_adds_nothing_and_leaves_no_trace(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let admin = app.actor(ADMIN).await;
    app.at("2026-07-01T00:00:00Z");
    for expected in [1, 0, 0] {
        assert_eq!(app.resync(&admin, "ACME", &token.row.id).await.map(|added| added.len()), Ok(expected));
    }
    assert_eq!(app.audit("token.resynced").await.len(), 1);
}

async fn a_sync_never_takes_a_product_away(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.actor(CAROL).await;
    app.at("2026-07-01T00:00:00Z");
    app.resync(&carol, "ACME", &token.row.id).await.expect("the token is synced");
    assert!(!app.pulls(&token, "wso2-mi/mi").await, "its subscription ended on 2026-06-20");
    // The customer renews: the token gives access to the product again, without a sync.
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["subscriptions"][2]["ends"] = "2027-06-20".into()).await;
    assert!(app.pulls(&token, "wso2-mi/mi").await);
}

async fn a_new_secret_ends_the_old_one_at_once(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, login) = (app.actor(CAROL).await, &token.row.login_name);
    let renewed = app.regenerate(&carol, "ACME", &token.row.id, 1).await.expect("a new secret");
    assert_eq!(&renewed.login_name, login);
    assert_ne!(renewed.secret, token.secret);
    assert!(!app.lets_in(login, &token.secret).await);
    assert!(app.lets_in(login, &renewed.secret).await);
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.generation, 2);
    assert_eq!(app.live_secrets(&token.row.id).await, 1);
    let audit = app.audit("token.secret_regenerated").await.pop().expect("a row");
    assert_eq!((audit.actor.as_str(), audit.token_id.as_deref()), (CAROL, Some(token.row.id.as_str())));
}

async fn a_new_secret_adds_no_product(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.at("2026-07-01T00:00:00Z");
    app.regenerate(&app.actor(CAROL).await, "ACME", &token.row.id, 1).await.expect("a new secret");
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await.products_to_add, ["wso2-ob"]);
}

async fn a_stale_page_cannot_replace_a_newer_secret(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, admin, id) = (app.actor(CAROL).await, app.actor(ADMIN).await, &token.row.id);
    let newer = app.regenerate(&carol, "ACME", id, 1).await.expect("a new secret");
    for stale in [1, 0, -1, 3, i64::MAX] {
        let refusal = app.regenerate(&admin, "ACME", id, stale).await.expect_err("a refusal");
        assert!(matches!(&refusal, AppError::Conflict(why) if why.contains("meanwhile")), "{stale}: {refusal:?}");
    }
    assert!(app.lets_in(&newer.login_name, &newer.secret).await);
    assert_eq!(app.live_secrets(id).await, 1);
    assert_eq!(app.audit("token.secret_regenerated").await.len(), 1);
    app.regenerate(&admin, "ACME", id, 2).await.expect("a new secret for a page that is up to date");
}

async fn two_new_secrets_at_once_leave_one_that_works(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, admin, id) = (app.actor(CAROL).await, app.actor(ADMIN).await, &token.row.id);
    for generation in 1..=5 {
        let (one, other) =
            tokio::join!(app.regenerate(&carol, "ACME", id, generation), app.regenerate(&admin, "ACME", id, generation));
        let (winner, loser) = if one.is_ok() { (one, other) } else { (other, one) };
        assert!(matches!(loser, Err(AppError::Conflict(_))), "{loser:?}");
        let winner = winner.expect("one of the two is made");
        assert!(app.lets_in(&winner.login_name, &winner.secret).await);
        assert_eq!(app.live_secrets(id).await, 1);
    }
    assert_eq!(app.audit("token.secret_regenerated").await.len(), 5);
}

async fn a_deleted_token_is_gone_and_the_audit_trail_remains(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, id) = (app.actor(CAROL).await, &token.row.id);
    assert_eq!(app.delete(&carol, "ACME", id).await, Ok("ci-main".to_owned()));
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
    assert!(app.rows(ADMIN, "ACME").await.is_empty());
    for left in [
        "SELECT count(*) FROM tokens WHERE id = $1",
        "SELECT count(*) FROM token_secrets WHERE token_id = $1",
        "SELECT count(*) FROM token_products WHERE token_id = $1",
        "SELECT count(*) FROM token_pulls WHERE token_id = $1",
    ] {
        assert_eq!(app.number(left, &[id.into()]).await, 0, "{left}");
    }
    for action in ["token.generated", "token.deleted"] {
        let audit = app.audit(action).await.pop().expect(action);
        assert_eq!((audit.token_id.as_deref(), audit.login_name.as_deref()), (Some(id.as_str()), Some("acme.ci-main")));
        assert_eq!((audit.actor.as_str(), audit.created_for.as_deref()), (CAROL, Some(CAROL)));
    }
    for refusal in [
        app.delete(&carol, "ACME", id).await.map(|_| ()),
        app.resync(&carol, "ACME", id).await.map(|_| ()),
        app.regenerate(&carol, "ACME", id, 1).await.map(|_| ()),
    ] {
        assert_eq!(refusal, Err(AppError::NotFound));
    }
}

async fn a_deleted_name_is_free_and_its_old_secret_stays_dead(app: TestApp) {
    let old = app.token(CAROL, "ACME", "ci-main").await;
    app.delete(&app.actor(CAROL).await, "ACME", &old.row.id).await.expect("the token is deleted");
    let new = app.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(new.row.login_name, old.row.login_name);
    assert_ne!(new.row.id, old.row.id);
    assert!(!app.lets_in(&new.row.login_name, &old.secret).await);
    assert!(app.lets_in(&new.row.login_name, &new.secret).await);
}

async fn of_two_deletions_at_once_one_finds_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, admin, id) = (app.actor(CAROL).await, app.actor(ADMIN).await, &token.row.id);
    let (one, other) = tokio::join!(app.delete(&carol, "ACME", id), app.delete(&admin, "ACME", id));
    let loser = if one.is_ok() { other } else { one };
    assert_eq!(loser, Err(AppError::NotFound));
    assert_eq!(app.audit("token.deleted").await.len(), 1);
}

async fn a_deletion_and_a_new_secret_at_once_leave_no_secret(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let (carol, admin, id) = (app.actor(CAROL).await, app.actor(ADMIN).await, &token.row.id);
    let (deleted, renewed) = tokio::join!(app.delete(&carol, "ACME", id), app.regenerate(&admin, "ACME", id, 1));
    deleted.expect("the deletion wins, sooner or later");
    assert!(matches!(renewed, Ok(_) | Err(AppError::NotFound)), "{renewed:?}");
    assert_eq!(app.live_secrets(id).await, 0);
}
