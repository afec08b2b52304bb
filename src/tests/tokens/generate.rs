//! Generating tokens: names, products, limits and owners; and who sees which tokens.

use crate::{
    error::AppError,
    models::{new_token::NewTokenRequest, project::CLOSED, token::TokenType},
    server::{crypto::secret, tokens},
};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, FOREIGN_PIPELINE, GINA, OLD_PIPELINE, PAT, PIPELINE, project, remove},
    on_both,
    tokens::{example_repository, products},
};

on_both! {
    a_name_that_docker_could_not_take_is_refused_at_its_field,
    a_name_is_used_once_in_a_project_without_regard_to_case,
    a_name_used_in_one_project_is_free_in_another,
    a_new_token_holds_exactly_the_products_whose_subscription_runs,
    a_generated_token_comes_with_all_that_a_login_needs,
    a_project_without_a_running_subscription_generates_nothing,
    a_closed_project_shows_its_tokens_and_refuses_every_change,
    a_service_token_is_for_an_active_service_user_of_the_project,
    a_customer_sees_their_own_tokens_and_an_admin_all_newest_first,
    a_person_has_only_so_many_tokens_over_all_projects,
    a_project_has_only_so_many_tokens,
    two_at_once_with_one_name_make_one_token,
    two_at_once_do_not_pass_the_limit_of_a_project,
    one_person_does_not_pass_their_limit_in_two_projects_at_once,
    a_project_that_closes_meanwhile_takes_no_new_token,
}

fn name_refusal(outcome: Result<impl std::fmt::Debug, AppError>) -> String {
    outcome.expect_err("a refusal").at("name").expect("an error at the name")
}

fn conflict(outcome: Result<impl std::fmt::Debug, AppError>) -> String {
    match outcome.expect_err("a refusal") {
        AppError::Conflict(why) => why,
        other => panic!("{other:?}"),
    }
}

async fn a_name_that_docker_could_not_take_is_refused_at_its_field(app: TestApp) {
    let carol = app.actor(CAROL).await;
    let long = "x".repeat(65);
    for bad in ["", "  ", "ab", "-ci", "ci-", "c i", "ci.main", "ci_main", "ci:main", "ci/main", "cï-main", "ci\u{0}main", &long]
    {
        assert!(!name_refusal(app.generate(&carol, "ACME", bad).await).is_empty(), "{bad:?}");
    }
    assert!(app.rows(ADMIN, "ACME").await.is_empty());
    assert!(app.audit("token.generated").await.is_empty());
    for good in ["abc", "1-2", &long[1..]] {
        app.generate(&carol, "ACME", good).await.expect(good);
    }
}

async fn a_name_is_used_once_in_a_project_without_regard_to_case(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let dave = app.actor(DAVE).await;
    for same in ["ci-main", "CI-Main", " ci-MAIN "] {
        let refusal = name_refusal(app.generate(&dave, "ACME", same).await);
        assert!(refusal.contains("already used in this project"), "{refusal}");
    }
    assert_eq!(app.names(ADMIN, "ACME").await, ["ci-main"]);
    assert_eq!(app.audit("token.generated").await.len(), 1);
}

async fn a_name_used_in_one_project_is_free_in_another(app: TestApp) {
    let acme = app.token(PAT, "ACME", "CI-Main").await;
    let globex = app.token(PAT, "GLOBEX", "ci-main").await;
    assert_eq!((acme.row.login_name.as_str(), globex.row.login_name.as_str()), ("acme.ci-main", "globex.ci-main"));
    assert_eq!(acme.row.name, "CI-Main", "it is shown as it was typed");
    assert!(app.pulls(&acme, "wso2-apim/am").await && !app.pulls(&acme, "wso2-is/is").await);
    assert!(app.pulls(&globex, "wso2-is/is").await && !app.pulls(&globex, "wso2-apim/am").await);
    assert!(!app.lets_in(&acme.row.login_name, &globex.secret).await);
}

async fn a_new_token_holds_exactly_the_products_whose_subscription_runs(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    assert_eq!(products(&token.row), ["wso2-apim", "wso2-mi"]);
    assert_eq!(token.row.products_to_add, [""; 0]);
    assert!(app.pulls(&token, "wso2-apim/am").await && app.pulls(&token, "wso2-mi/mi").await);
    assert!(!app.pulls(&token, "wso2-is/is").await, "that subscription has ended");
    assert!(!app.pulls(&token, "wso2-ob/obam").await, "that subscription has not begun");
}

async fn a_generated_token_comes_with_all_that_a_login_needs(app: TestApp) {
    let carol = app.actor(CAROL).await;
    let revealed = app.generate(&carol, "acme", " CI-Main ").await.expect("the project's key has no case either");
    assert_eq!((revealed.token_name.as_str(), revealed.login_name.as_str()), ("CI-Main", "acme.ci-main"));
    assert_eq!(revealed.registry, *app.state.config.registry);
    assert_eq!(example_repository(&revealed).as_deref(), Some("wso2-apim/*"));
    assert!(secret::is_well_formed(&revealed.secret));
    assert!(app.lets_in("ACME.ci-MAIN", &revealed.secret).await);

    let row = app.row(CAROL, "ACME", "CI-Main").await;
    assert_eq!((row.kind, row.created_for.email.as_str()), (TokenType::User, CAROL));
    assert_eq!((row.created_for.name.as_str(), row.created_by.name.as_str()), ("Carol Customer", "Carol Customer"));
    assert_eq!((row.created_on.as_str(), row.generation), ("2026-06-01", 1));
    let audit = app.audit("token.generated").await.pop().expect("a row");
    assert_eq!((audit.actor.as_str(), audit.created_for.as_deref()), (CAROL, Some(CAROL)));
    assert_eq!((audit.token_id.as_deref(), audit.project_key.as_deref()), (Some(row.id.as_str()), Some("ACME")));
    assert_eq!((audit.address.as_str(), audit.client.as_str(), audit.at), ("192.0.2.1", "test", app.state.clock.now()));
}

async fn a_project_without_a_running_subscription_generates_nothing(app: TestApp) {
    app.at("2027-01-01T00:00:00Z");
    let gina = app.actor(GINA).await;
    let why = conflict(app.generate(&gina, "GLOBEX", "ci-main").await);
    assert!(why.contains("No subscription"), "{why}");
}

async fn a_closed_project_shows_its_tokens_and_refuses_every_change(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["closed"] = true.into()).await;
    for email in [CAROL, ADMIN] {
        let actor = app.actor(email).await;
        assert_eq!(app.names(email, "ACME").await, ["ci-main"]);
        assert_eq!(conflict(app.generate(&actor, "ACME", "second").await), CLOSED);
        assert_eq!(conflict(app.resync(&actor, "ACME", &token.row.id).await), CLOSED);
        assert_eq!(conflict(app.regenerate(&actor, "ACME", &token.row.id, 1).await), CLOSED);
        assert_eq!(conflict(app.delete(&actor, "ACME", &token.row.id).await), CLOSED);
    }
    assert_eq!(app.row(ADMIN, "ACME", "ci-main").await, token.row);
}

async fn a_service_token_is_for_an_active_service_user_of_the_project(app: TestApp) {
    let admin = app.actor(ADMIN).await;
    for wrong in [None, Some(""), Some(OLD_PIPELINE), Some(FOREIGN_PIPELINE), Some(CAROL), Some("nobody@acme.example")] {
        let refusal = app.generate_service(&admin, "ACME", "pipeline", wrong).await.expect_err("a refusal");
        assert!(refusal.at("service_user").is_some(), "{wrong:?}: {refusal:?}");
    }
    let token = app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    assert_eq!((token.row.kind, token.row.created_for.email.as_str()), (TokenType::Service, PIPELINE));
    assert_eq!((token.row.created_for.name.as_str(), token.row.created_by.name.as_str()), ("CI pipeline", "Ada Admin"));
    assert!(app.pulls(&token, "wso2-apim/am").await);

    // It belongs to the service user, so it still works after the admin who created it leaves.
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", ADMIN)).await;
    assert!(app.pulls(&token, "wso2-apim/am").await);
}

async fn a_customer_sees_their_own_tokens_and_an_admin_all_newest_first(app: TestApp) {
    for (email, name) in [(CAROL, "first"), (ADMIN, "second"), (CAROL, "third"), (DAVE, "fourth")] {
        app.token(email, "ACME", name).await;
        app.pass(1);
    }
    app.service_token(ADMIN, "ACME", "fifth", PIPELINE).await;
    assert_eq!(app.names(CAROL, "ACME").await, ["third", "first"]);
    assert_eq!(app.names(DAVE, "ACME").await, ["fourth"]);
    assert_eq!(app.names(PAT, "ACME").await, [""; 0]);
    assert_eq!(app.names(ADMIN, "ACME").await, ["fifth", "fourth", "third", "second", "first"]);
}

async fn a_person_has_only_so_many_tokens_over_all_projects(app: TestApp) {
    let app = app.with(|config| config.tokens_per_person = 2).await;
    let pat = app.actor(PAT).await;
    let first = app.token(PAT, "ACME", "first").await;
    app.token(PAT, "GLOBEX", "second").await;
    for key in ["ACME", "GLOBEX"] {
        let why = conflict(app.generate(&pat, key, "third").await);
        assert!(why.starts_with("You have 2 tokens"), "{why}");
    }
    app.token(CAROL, "ACME", "hers").await;
    app.delete(&pat, "ACME", &first.row.id).await.expect("the token is deleted");
    app.generate(&pat, "ACME", "third").await.expect("there is room again");
}

async fn a_project_has_only_so_many_tokens(app: TestApp) {
    let app = app.with(|config| config.tokens_per_project = 2).await;
    app.token(CAROL, "ACME", "first").await;
    app.service_token(ADMIN, "ACME", "second", PIPELINE).await;
    let (dave, admin) = (app.actor(DAVE).await, app.actor(ADMIN).await);
    let why = conflict(app.generate(&dave, "ACME", "third").await);
    assert!(why.starts_with("This project has 2 tokens"), "{why}");
    conflict(app.generate_service(&admin, "ACME", "third", Some(PIPELINE)).await);
    app.token(PAT, "GLOBEX", "elsewhere").await;
}

async fn two_at_once_with_one_name_make_one_token(app: TestApp) {
    let (carol, dave) = (app.actor(CAROL).await, app.actor(DAVE).await);
    for round in 0..5 {
        let (one, other) = (format!("ci-main-{round}"), format!("CI-MAIN-{round}"));
        let (one, other) = tokio::join!(app.generate(&carol, "ACME", &one), app.generate(&dave, "ACME", &other));
        let (winner, loser) = if one.is_ok() { (one, other) } else { (other, one) };
        let winner = winner.expect("one of the two is made");
        name_refusal(loser);
        assert!(app.lets_in(&winner.login_name, &winner.secret).await);
    }
    assert_eq!(app.names(ADMIN, "ACME").await.len(), 5);
    assert_eq!(app.audit("token.generated").await.len(), 5);
}

async fn two_at_once_do_not_pass_the_limit_of_a_project(app: TestApp) {
    let app = app.with(|config| config.tokens_per_project = 1).await;
    let (carol, dave) = (app.actor(CAROL).await, app.actor(DAVE).await);
    let (one, other) = tokio::join!(app.generate(&carol, "ACME", "hers"), app.generate(&dave, "ACME", "his"));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(app.names(ADMIN, "ACME").await.len(), 1);
}

async fn one_person_does_not_pass_their_limit_in_two_projects_at_once(app: TestApp) {
    let app = app.with(|config| config.tokens_per_person = 1).await;
    let pat = app.actor(PAT).await;
    let (one, other) = tokio::join!(app.generate(&pat, "ACME", "here"), app.generate(&pat, "GLOBEX", "there"));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

/// An import has locked the project and has not committed yet when the token is requested.
async fn a_project_that_closes_meanwhile_takes_no_new_token(app: TestApp) {
    let mut import = app.state.db.begin_upkeep().await.expect("a transaction");
    import.execute_unaudited("UPDATE projects SET closed = 1 WHERE key = 'ACME'", &[]).await.expect("the project closes");
    let (state, carol) = (app.state.clone(), app.actor(CAROL).await);
    let request = NewTokenRequest { name: "ci-main".to_owned(), ..NewTokenRequest::default() };
    let asked = tokio::spawn(async move { tokens::generate(&state, &carol, "ACME", &request).await });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    import.commit().await.expect("the import ends");
    let outcome = asked.await.expect("the request ends");
    assert_eq!(conflict(app.app_error(outcome).await), CLOSED);
}
