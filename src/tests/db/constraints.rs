//! Unique constraints: a taken name is reported to the user; any other violation is an internal error.

use crate::{
    error::AppError,
    server::{
        db::{Constraint, StoreError},
        error::ServiceError,
        random::Random,
    },
    tests::support::{
        TestApp,
        catalogue::{CAROL, DAVE},
        on_both,
    },
};

on_both! {
    a_name_that_is_taken_is_told_by_its_constraint,
    what_is_there_already_and_has_no_name_is_a_fault,
    a_token_whose_id_is_taken_is_not_said_to_have_a_taken_name,
}

async fn fails(app: &TestApp, sql: &'static str) -> StoreError {
    app.state.db.reader().execute_unaudited(sql, &[]).await.expect_err(sql)
}

async fn a_name_that_is_taken_is_told_by_its_constraint(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.publisher("release", "wso2-apim/*").await.expect("a publisher");
    let token = "INSERT INTO tokens (id, project_key, name, login_name, created_for_user, created_by, created_at)
                 SELECT 'another', project_key, name, login_name, created_for_user, created_by, created_at FROM tokens";
    let publisher = "INSERT INTO publishers (login_name, secret_hash, created_at) VALUES ('release', '', 0)";
    for (sql, constraint) in [(token, Constraint::TokenLoginName), (publisher, Constraint::PublisherLoginName)] {
        let error = fails(&app, sql).await;
        assert!(matches!(error, StoreError::Conflict(found) if found == constraint), "{error:?}");
    }
}

async fn what_is_there_already_and_has_no_name_is_a_fault(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    for sql in [
        "INSERT INTO users (id, email, name) SELECT 'another', email, name FROM users WHERE email = 'carol@acme.example'",
        "INSERT INTO products (key, name) SELECT key, name FROM products",
        "INSERT INTO token_products (token_id, product_key, added_at) SELECT token_id, product_key, 0 FROM token_products",
    ] {
        let error = fails(&app, sql).await;
        assert!(matches!(error, StoreError::Other(_)), "{sql}: {error:?}");
        let told = ServiceError::from(error).into_app_error(&app.state);
        assert!(matches!(told, AppError::Internal { .. }), "{sql}: {told:?}");
    }
}

/// Two instances with the same random numbers create the same id within one second.
async fn a_token_whose_id_is_taken_is_not_said_to_have_a_taken_name(mut app: TestApp) {
    app.token(DAVE, "ACME", "before").await;
    for (seed, names) in [(7, ["one", "two"]), (11, ["three", "four"])] {
        let mut outcomes = Vec::new();
        for name in names {
            app.state = app.same_with(Random::seeded(seed)).await;
            let carol = app.actor(CAROL).await;
            outcomes.push(app.generate(&carol, "ACME", name).await);
        }
        assert!(outcomes[0].is_ok(), "{outcomes:?}");
        assert!(matches!(outcomes[1], Err(AppError::Internal { .. })), "{outcomes:?}");
    }
    assert_eq!(app.names(CAROL, "ACME").await.len(), 2);
}
