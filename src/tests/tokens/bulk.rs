//! Bulk changes: they apply to all tokens or to none.

use std::collections::BTreeSet;

use crate::{
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome, MAX_CHANGED, MAX_CHECKED},
        obstacles::Obstacles,
        project::CLOSED,
        token::TokenStatus,
    },
    server::{id, tokens::bulk},
};

use crate::tests::support::{
    TestApp,
    asks::{self, bulk_actions, owned},
    catalogue::{ADMIN, CAROL, DAVE, GINA, PIPELINE, project},
    on_both,
    tokens::products,
};

on_both! {
    a_customer_re_syncs_their_own_tokens,
    an_admin_disables_and_enables_tokens_of_the_project,
    what_is_deleted_is_gone_and_the_audit_trail_remains,
    one_token_that_may_not_be_seen_refuses_the_whole_call,
    another_tenant_finds_nothing,
    nobody_is_refused,
    a_customer_may_neither_disable_nor_enable,
    a_closed_project_refuses_the_whole_call,
    a_token_named_twice_counts_once,
    none_and_too_many_are_refused,
    a_long_reason_is_refused_before_anything_is_changed,
    a_check_of_every_token_fits_into_one_call_and_a_sign_in_stays_small,
}

async fn change(app: &TestApp, email: &str, project: &str, ids: &[&str], action: BulkAction) -> Result<BulkOutcome, AppError> {
    let (actor, ids) = (app.actor(email).await, owned(ids));
    app.app_error(bulk::change(&app.state, &actor, project, &ids, &action).await).await
}

async fn check(app: &TestApp, email: &str, project: &str, ids: &[&str]) -> Result<(), AppError> {
    let (actor, ids) = (app.actor(email).await, owned(ids));
    app.app_error(bulk::check(&app.state, &actor, project, &ids).await).await
}

/// The ids sorted, as in an outcome.
fn sorted(ids: &[&str]) -> Vec<String> {
    let mut ids = owned(ids);
    ids.sort();
    ids
}

fn disable(reason: &str) -> BulkAction {
    BulkAction::Disable { reason: reason.to_owned() }
}

/// Ids that belong to no token.
fn nowhere(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number:032x}")).collect()
}

async fn a_customer_re_syncs_their_own_tokens(app: TestApp) {
    let (one, other) = (app.token(CAROL, "ACME", "one").await, app.token(CAROL, "ACME", "other").await);
    app.at("2026-07-01T00:00:00Z");
    let new = app.token(CAROL, "ACME", "new").await;
    let [one, other, new] = [&one, &other, &new].map(|token| token.row.id.as_str());
    let all = [other, new, one];
    assert_eq!(check(&app, CAROL, "ACME", &all).await, Ok(()));
    let expected = BulkOutcome {
        done: sorted(&[one, other]),
        unchanged: sorted(&[new]),
        added: owned(&["wso2-ob"]),
        ..BulkOutcome::default()
    };
    assert_eq!(change(&app, CAROL, "ACME", &all, BulkAction::Resync).await, Ok(expected));
    for name in ["one", "other"] {
        assert_eq!(products(&app.row(CAROL, "ACME", name).await), ["wso2-apim", "wso2-ob", "wso2-mi"], "{name}");
    }
    let again = BulkOutcome { unchanged: sorted(&all), ..BulkOutcome::default() };
    assert_eq!(change(&app, CAROL, "ACME", &all, BulkAction::Resync).await, Ok(again));
    let audit = app.audit("token.resynced").await;
    assert_eq!(audit.iter().filter_map(|row| row.token_id.as_deref()).collect::<BTreeSet<_>>(), BTreeSet::from([one, other]));
    assert_eq!(audit.len(), 2);
    for row in audit {
        assert_eq!((row.actor.as_str(), row.detail.as_str()), (CAROL, "added wso2-ob"));
        assert_eq!((row.project_key.as_deref(), row.created_for.as_deref()), (Some("ACME"), Some(CAROL)));
    }
}

async fn an_admin_disables_and_enables_tokens_of_the_project(app: TestApp) {
    let (hers, his) = (app.token(CAROL, "ACME", "hers").await, app.token(DAVE, "ACME", "his").await);
    let service = app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    let [one, other, disabled] = [&hers, &his, &service].map(|token| token.row.id.as_str());
    let all = [one, other, disabled];
    let first = change(&app, ADMIN, "ACME", &[disabled], disable("")).await.expect("one is disabled");
    assert_eq!(first.done, [disabled]);

    let blocked = sorted(&[one, other]).into_iter().map(|id| (id, Obstacles::default().disabled())).collect();
    let expected = BulkOutcome { done: sorted(&[one, other]), unchanged: sorted(&[disabled]), blocked, ..BulkOutcome::default() };
    assert_eq!(change(&app, ADMIN, "ACME", &all, disable(" leaked ")).await, Ok(expected));
    for row in app.rows(ADMIN, "ACME").await {
        assert_eq!(row.status, TokenStatus::Disabled, "{}", row.name);
    }
    assert!(!app.lets_in(&hers.row.login_name, &hers.secret).await);
    let audit = app.audit("token.disabled").await;
    assert_eq!(audit.iter().filter(|row| row.detail == "leaked").count(), 2);
    assert_eq!(audit.len(), 3);

    let expected = BulkOutcome { done: sorted(&all), ..BulkOutcome::default() };
    assert_eq!(change(&app, ADMIN, "ACME", &all, BulkAction::Enable).await, Ok(expected));
    assert!(app.lets_in(&hers.row.login_name, &hers.secret).await, "the same secret works again");
    let expected = BulkOutcome { unchanged: sorted(&all), ..BulkOutcome::default() };
    assert_eq!(change(&app, ADMIN, "ACME", &all, BulkAction::Enable).await, Ok(expected));
    assert_eq!(app.audit("token.enabled").await.len(), 3);
}

async fn what_is_deleted_is_gone_and_the_audit_trail_remains(app: TestApp) {
    let (one, other) = (app.token(CAROL, "ACME", "one").await, app.token(CAROL, "ACME", "other").await);
    let kept = app.token(CAROL, "ACME", "kept").await;
    let ids = [&one, &other].map(|token| token.row.id.as_str());
    let expected = BulkOutcome { done: sorted(&ids), ..BulkOutcome::default() };
    assert_eq!(change(&app, CAROL, "ACME", &ids, asks::delete("", 0)).await, Ok(expected));
    assert_eq!(app.names(ADMIN, "ACME").await, ["kept"]);
    assert!(!app.lets_in(&one.row.login_name, &one.secret).await && app.lets_in(&kept.row.login_name, &kept.secret).await);
    let audit = app.audit("token.deleted").await;
    let names: BTreeSet<_> = audit.iter().filter_map(|row| row.login_name.as_deref()).collect();
    assert_eq!((audit.len(), names), (2, BTreeSet::from(["acme.one", "acme.other"])));
    // A stale page still lists a deleted token.
    let stale = [one.row.id.as_str(), kept.row.id.as_str()];
    assert_eq!(change(&app, CAROL, "ACME", &stale, asks::delete("", 0)).await, Err(AppError::NotFound));
    assert_eq!(app.names(ADMIN, "ACME").await, ["kept"]);
}

async fn one_token_that_may_not_be_seen_refuses_the_whole_call(app: TestApp) {
    let own = app.token(CAROL, "ACME", "own").await;
    let hidden = [
        app.token(DAVE, "ACME", "his").await.row.id,
        app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await.row.id,
        app.token(GINA, "GLOBEX", "foreign").await.row.id,
        id::new(app.state.clock.now_millis(), &app.state.random),
    ];
    app.at("2026-07-01T00:00:00Z");
    let (before, revision) = (app.rows(ADMIN, "ACME").await, app.revision("ACME").await);
    for id in &hidden {
        let ids = [own.row.id.as_str(), id.as_str()];
        for action in bulk_actions() {
            assert_eq!(change(&app, CAROL, "ACME", &ids, action.clone()).await, Err(AppError::NotFound), "{action:?}");
        }
        assert_eq!(check(&app, CAROL, "ACME", &ids).await, Err(AppError::NotFound));
    }
    assert_eq!((app.rows(ADMIN, "ACME").await, app.revision("ACME").await), (before, revision));
    for denied in ["token.resync", "token.disable", "token.enable", "token.delete", "token.check"] {
        let audit = app.audit(&format!("{denied}.denied")).await;
        let named: BTreeSet<_> = audit.iter().filter_map(|row| row.token_id.as_ref()).collect();
        assert_eq!((audit.len(), named), (hidden.len(), hidden.iter().collect()), "{denied}");
        assert!(audit.iter().all(|row| row.actor == CAROL && row.project_key.as_deref() == Some("ACME")), "{denied}");
    }
}

async fn another_tenant_finds_nothing(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let own = app.token(GINA, "GLOBEX", "own").await;
    let ids = [token.row.id.as_str(), own.row.id.as_str()];
    for action in bulk_actions() {
        for project in ["ACME", "GLOBEX", "NOWHERE"] {
            assert_eq!(change(&app, GINA, project, &ids, action.clone()).await, Err(AppError::NotFound), "{project}: {action:?}");
            app.next_window();
        }
    }
    for project in ["ACME", "GLOBEX", "NOWHERE"] {
        assert_eq!(check(&app, GINA, project, &ids).await, Err(AppError::NotFound), "{project}");
    }
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
    assert_eq!(app.row(GINA, "GLOBEX", "own").await, own.row);
    assert_eq!(app.audit("project.denied").await.len(), 10);
}

async fn nobody_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let ids = [token.row.id.as_str()];
    let nobody = app.browser();
    for ask in bulk_actions().map(|action| asks::change_many("ACME", &ids, action)) {
        let reply = ask.by(&nobody).await;
        assert_eq!((reply.status, reply.error()), (401, AppError::Unauthenticated), "{ask:?}");
    }
    assert_eq!(asks::check_many("ACME", &ids).by(&nobody).await.status, 401);
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
}

async fn a_customer_may_neither_disable_nor_enable(app: TestApp) {
    let (one, other) = (app.token(CAROL, "ACME", "one").await, app.token(CAROL, "ACME", "other").await);
    let ids = [&one, &other].map(|token| token.row.id.as_str());
    let carol = app.signed_in(CAROL).await;
    for (action, denied) in [(disable("mine"), "token.disable.denied"), (BulkAction::Enable, "token.enable.denied")] {
        let reply = asks::change_many("ACME", &ids, action).by(&carol).await;
        assert_eq!(reply.status, 403);
        assert!(matches!(reply.error(), AppError::Forbidden(why) if why.contains("Only a customer admin")));
        assert_eq!(app.audit(denied).await.len(), 1);
    }
    assert!(app.rows(CAROL, "ACME").await.iter().all(|row| !row.is_disabled_by_admin));
}

async fn a_closed_project_refuses_the_whole_call(app: TestApp) {
    let (one, other) = (app.token(CAROL, "ACME", "one").await, app.token(CAROL, "ACME", "other").await);
    let ids = [&one, &other].map(|token| token.row.id.as_str());
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    app.at("2026-07-01T00:00:00Z");
    let before = app.rows(ADMIN, "ACME").await;
    for action in bulk_actions() {
        let refused = change(&app, ADMIN, "ACME", &ids, action.clone()).await;
        assert_eq!(refused, Err(AppError::Conflict(CLOSED.to_owned())), "{action:?}");
    }
    assert_eq!(app.rows(ADMIN, "ACME").await, before);
}

async fn a_token_named_twice_counts_once(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let id = token.row.id.as_str();
    let outcome = change(&app, CAROL, "ACME", &[id; MAX_CHANGED + 1], asks::delete("", 0)).await.expect("it is deleted");
    assert_eq!(outcome, BulkOutcome { done: sorted(&[id]), ..BulkOutcome::default() });
    assert_eq!(app.audit("token.deleted").await.len(), 1);
}

async fn none_and_too_many_are_refused(app: TestApp) {
    let refused = |outcome: Result<(), AppError>| outcome.is_err_and(|error| error.at("token_ids").is_some());
    let many = nowhere(MAX_CHECKED + 1);
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for ids in [&many[..0], &many[..=MAX_CHANGED]] {
        for action in bulk_actions() {
            assert!(refused(change(&app, ADMIN, "ACME", ids, action).await.map(|_| ())), "{}", ids.len());
        }
    }
    for ids in [&many[..0], &many[..]] {
        assert!(refused(check(&app, ADMIN, "ACME", ids).await), "{}", ids.len());
    }
    // The maximum number of ids is accepted; then the tokens are not found.
    let found = change(&app, ADMIN, "ACME", &many[..MAX_CHANGED], asks::delete("", 0)).await;
    assert_eq!(found, Err(AppError::NotFound));
    assert_eq!(check(&app, ADMIN, "ACME", &many[..MAX_CHECKED]).await, Err(AppError::NotFound));
}

async fn a_long_reason_is_refused_before_anything_is_changed(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let refused = change(&app, ADMIN, "ACME", &[token.row.id.as_str()], disable(&"x".repeat(201))).await;
    assert!(refused.is_err_and(|error| error.at("reason").is_some()));
    assert_eq!(app.row(CAROL, "ACME", "ci-main").await, token.row);
}

async fn a_check_of_every_token_fits_into_one_call_and_a_sign_in_stays_small(app: TestApp) {
    let many = nowhere(MAX_CHECKED);
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let carol = app.signed_in(CAROL).await;
    let reply = asks::check_many("ACME", &many).by(&carol).await;
    assert_eq!((reply.status, reply.error()), (404, AppError::NotFound), "it was read to its end");
    let too_many = [many.as_slice(), &many].concat();
    let reply = asks::check_many("ACME", &too_many).by(&carol).await;
    assert_eq!((reply.status, reply.error().at("").is_some()), (422, true), "it was not");
    assert_eq!(carol.form("/sign-in", &[("email", "x".repeat(100_000).as_str()), ("password", "")]).await.status, 413);
}
