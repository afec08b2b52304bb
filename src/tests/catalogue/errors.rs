//! A catalogue with errors: every error is reported with its JSON path, and nothing is applied.

use serde_json::{Value, json};

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, original, project},
    on_both,
};

on_both! {
    every_error_is_told_at_once_with_its_path,
    a_reference_to_nothing_is_told_with_its_path,
    a_reference_to_nothing_is_told_beside_every_other_error,
    one_cause_is_told_once,
    one_thing_named_twice_is_told_with_both_paths,
    what_is_no_catalogue_at_all_is_told_where,
    a_product_without_repositories_is_refused,
    a_control_character_in_any_text_is_refused,
    a_key_that_differs_from_a_known_one_by_case_is_refused,
}

/// Checks that a catalogue is rejected with exactly these errors in this order (a JSON path and a part of the message), and
/// that neither an import nor a dry run changes anything.
async fn assert_refused(app: &TestApp, text: &str, expected: &[(&str, &str)]) {
    let before = app.dump().await;
    for dry_run in [true, false] {
        let errors = app.import(text, dry_run).await.expect_err("errors");
        let shown = errors.join("\n");
        assert_eq!(errors.len(), expected.len(), "{shown}");
        for (error, (path, said)) in errors.iter().zip(expected) {
            assert!(error.starts_with(&format!("{path}: ")) && error.contains(said), "{path}: {said} in\n{shown}");
        }
    }
    assert_eq!(app.dump().await, before);
}

async fn every_error_is_told_at_once_with_its_path(app: TestApp) {
    let text = json!({
        "customers": [],
        "products": [
            {"key": "new", "name": "New", "repositories": ["new/*"]},
            {"key": "wso2 apim", "name": "", "repositories": ["wso2-apim/**", 7, "a/b", "a/b"]},
            {"key": 5, "repositories": "wso2-is/*", "version": "1"},
            "wso2-mi",
        ],
        "users": [
            {"email": "new@acme.example", "name": "New"},
            {"email": "carol", "name": "Carol", "active": "yes"},
            {"name": null},
        ],
        "projects": [
            {
                "key": "ACME", "name": "Acme", "type": 3, "closed": 1,
                "subscriptions": [
                    {"product": "wso2-apim", "starts": "2026-02-30", "ends": "31.12.2026"},
                    {"product": "wso2-is", "starts": "2026-12-31", "ends": "2026-01-01"},
                    {"product": "wso2-mi", "starts": "2026-01-01"},
                ],
                "members": [
                    {"email": "carol@acme.example", "role": "owner"},
                    {"email": "new@acme.example", "role": "admin", "since": "2026-01-01"},
                ],
                "service_users": [{"email": "ci@@acme", "name": "CI"}, []],
            },
            {"key": "../etc", "name": "x".repeat(501), "members": {}},
        ],
    });
    let expected = [
        ("$.customers", "unknown field"),
        ("$.products[1].key", "not a key"),
        ("$.products[1].name", "empty"),
        ("$.products[1].repositories[0]", "neither a repository name"),
        ("$.products[1].repositories[1]", "expected a text, found a number"),
        ("$.products[1].repositories[3]", "twice"),
        ("$.products[2].version", "unknown field"),
        ("$.products[2].key", "expected a text, found a number"),
        ("$.products[2].name", "missing"),
        ("$.products[2].repositories", "expected a list, found a text"),
        ("$.products[3]", "expected an object, found a text"),
        ("$.users[1].email", "not an e-mail"),
        ("$.users[1].active", "expected true or false, found a text"),
        ("$.users[2].email", "missing"),
        ("$.users[2].name", "expected a text, found null"),
        ("$.projects[0].type", "expected a text, found a number"),
        ("$.projects[0].closed", "expected true or false, found a number"),
        ("$.projects[0].subscriptions[0].starts", "not a date"),
        ("$.projects[0].subscriptions[0].ends", "not a date"),
        ("$.projects[0].subscriptions[1].ends", "before the start"),
        ("$.projects[0].subscriptions[2].ends", "missing"),
        ("$.projects[0].members[0].role", "neither \"customer\" nor \"admin\""),
        ("$.projects[0].members[1].since", "unknown field"),
        ("$.projects[0].service_users[0].email", "not an e-mail"),
        ("$.projects[0].service_users[1]", "expected an object, found a list"),
        ("$.projects[1].key", "not a key"),
        ("$.projects[1].name", "longer than 500 characters"),
        ("$.projects[1].members", "expected a list, found an object"),
    ];
    assert_refused(&app, &text.to_string(), &expected).await;
}

async fn a_reference_to_nothing_is_told_with_its_path(app: TestApp) {
    let mut catalogue = original();
    let acme = project(&mut catalogue, "ACME");
    acme["name"] = "Never applied".into();
    acme["subscriptions"][1]["product"] = "wso2-iss".into();
    acme["members"][2]["email"] = "nobody@acme.example".into();
    project(&mut catalogue, "GLOBEX")["members"][0]["email"] = "nobody@globex.example".into();
    let expected = [
        ("$.projects[0].subscriptions[1].product", "there is no product \"wso2-iss\""),
        ("$.projects[0].members[2].email", "there is no user \"nobody@acme.example\""),
        ("$.projects[2].members[0].email", "there is no user \"nobody@globex.example\""),
    ];
    assert_refused(&app, &catalogue.to_string(), &expected).await;
}

async fn a_reference_to_nothing_is_told_beside_every_other_error(app: TestApp) {
    let mut catalogue = original();
    let acme = project(&mut catalogue, "ACME");
    acme["name"] = "Never applied".into();
    acme["subscriptions"][0]["ends"] = "2026-02-30".into();
    acme["subscriptions"][1]["product"] = "wso2-iss".into();
    let globex = project(&mut catalogue, "GLOBEX");
    globex["tier"] = "Enterprise".into();
    globex["members"][0]["email"] = "nobody@globex.example".into();
    let expected = [
        ("$.projects[0].subscriptions[0].ends", "not a date"),
        ("$.projects[0].subscriptions[1].product", "there is no product \"wso2-iss\""),
        ("$.projects[2].tier", "unknown field"),
        ("$.projects[2].members[0].email", "there is no user \"nobody@globex.example\""),
    ];
    assert_refused(&app, &catalogue.to_string(), &expected).await;
}

async fn one_cause_is_told_once(app: TestApp) {
    let subscription = |product: Value| json!({"product": product, "starts": "2026-01-01", "ends": "2026-12-31"});
    let text = json!({
        // An item with a valid key can be referenced, even if it has other errors.
        "products": [{"key": "nameless", "repositories": []}, {"key": "no key", "name": "No key", "repositories": []}],
        "users": [{"email": "Nameless@acme.example"}],
        "projects": [{
            "key": "NEW", "name": "New",
            "subscriptions": [
                subscription("nameless".into()),
                subscription("no key".into()),
                subscription("gone".into()),
                subscription("gone".into()),
                subscription(7.into()),
            ],
            "members": [
                {"email": "nameless@acme.example", "role": "admin"},
                {"email": "nobody", "role": "admin"},
                {"email": "nobody@acme.example", "role": "owner"},
                {"email": "Nobody@acme.example", "role": "admin"},
            ],
        }],
    });
    let expected = [
        ("$.products[0].name", "missing"),
        ("$.products[1].key", "not a key"),
        ("$.users[0].name", "missing"),
        ("$.projects[0].subscriptions[2].product", "there is no product \"gone\""),
        ("$.projects[0].subscriptions[3].product", "duplicate of $.projects[0].subscriptions[2].product"),
        ("$.projects[0].subscriptions[4].product", "expected a text, found a number"),
        ("$.projects[0].members[1].email", "not an e-mail"),
        ("$.projects[0].members[2].email", "there is no user \"nobody@acme.example\""),
        ("$.projects[0].members[2].role", "neither \"customer\" nor \"admin\""),
        ("$.projects[0].members[3].email", "duplicate of $.projects[0].members[2].email"),
    ];
    assert_refused(&app, &text.to_string(), &expected).await;
}

async fn one_thing_named_twice_is_told_with_both_paths(app: TestApp) {
    let text = r#"{
        "products": [{"key": "one", "name": "One", "repositories": []}, {"key": "ONE", "name": "One", "repositories": []}],
        "users": [{"email": "a@acme.example", "name": "A"}, {"email": "A@Acme.example", "name": "A"}],
        "users": [],
        "projects": [
            {"key": "Two", "name": "Two", "name": "Two again",
             "subscriptions": [{"product": "wso2-is", "starts": "2026-01-01", "ends": "2026-12-31"},
                               {"product": "wso2-is", "starts": "2026-01-01", "ends": "2026-12-31"}],
             "members": [{"email": "carol@acme.example", "role": "admin"}, {"email": "Carol@acme.example", "role": "customer"}],
             "service_users": [{"email": "ci@two.example", "name": "CI"}, {"email": "CI@two.example", "name": "CI"}]},
            {"key": "TWO", "name": "Two"},
            {"key": "Three", "name": "Three", "service_users": [{"email": "ci@two.example", "name": "CI"}]}
        ]}"#;
    let expected = [
        ("$.users", "twice"),
        ("$.products[1].key", "\"ONE\" is a duplicate of $.products[0].key"),
        ("$.users[1].email", "duplicate of $.users[0].email"),
        ("$.projects[0].name", "twice"),
        ("$.projects[0].subscriptions[1].product", "duplicate of $.projects[0].subscriptions[0].product"),
        ("$.projects[0].members[1].email", "duplicate of $.projects[0].members[0].email"),
        ("$.projects[0].service_users[1].email", "duplicate of $.projects[0].service_users[0].email"),
        ("$.projects[1].key", "\"TWO\" is a duplicate of $.projects[0].key"),
    ];
    assert_refused(&app, text, &expected).await;
}

async fn what_is_no_catalogue_at_all_is_told_where(app: TestApp) {
    for (text, said) in [
        ("", "this is not JSON"),
        ("catalogue", "this is not JSON"),
        (r#"{"products": [}"#, "line 1 column 15"),
        (r#"{"products": []} trailing"#, "this is not JSON"),
        ("[]", "expected an object, found a list"),
        ("null", "expected an object, found null"),
    ] {
        assert_refused(&app, text, &[("$", said)]).await;
    }
    let lists = r#"{"products": {}, "users": null, "projects": "ACME"}"#;
    let expected = [
        ("$.products", "expected a list, found an object"),
        ("$.users", "expected a list, found null"),
        ("$.projects", "expected a list, found a text"),
    ];
    assert_refused(&app, lists, &expected).await;
}

async fn a_product_without_repositories_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let mut catalogue = original();
    catalogue["products"][0].as_object_mut().and_then(|product| product.remove("repositories")).expect("repositories");
    let expected = [("$.products[0].repositories", "missing: expected a list")];
    assert_refused(&app, &catalogue.to_string(), &expected).await;
    assert!(app.pulls(&token, "wso2-apim/am").await);
}

async fn a_control_character_in_any_text_is_refused(app: TestApp) {
    let text = json!({
        "products": [{"key": "ne\0w", "name": "N\0ew", "repositories": ["new/\0*"]}],
        "users": [{"email": "ne\0w@acme.example", "name": "New\u{1b}[31m"}],
        "projects": [{
            "key": "N\0EW", "name": "New\nproject", "type": "Sub\u{7f}", "support_tier": "\u{85}Enter\u{85}prise",
            "subscriptions": [{"product": "wso2\0is", "starts": "2026-01-01\0", "ends": "2026\0-12-31"}],
            "members": [{"email": "carol@acme.example\0", "role": "admin\0"}],
            "service_users": [{"email": "\0ci@acme.example", "name": "C\0I"}],
        }],
    });
    let control = "control character";
    let expected = [
        ("$.products[0].key", control),
        ("$.products[0].name", control),
        ("$.products[0].repositories[0]", "neither a repository name"),
        ("$.users[0].email", control),
        ("$.users[0].name", control),
        ("$.projects[0].key", control),
        ("$.projects[0].name", control),
        ("$.projects[0].type", control),
        ("$.projects[0].support_tier", control),
        ("$.projects[0].subscriptions[0].product", control),
        ("$.projects[0].subscriptions[0].starts", control),
        ("$.projects[0].subscriptions[0].ends", control),
        ("$.projects[0].members[0].email", control),
        ("$.projects[0].members[0].role", control),
        ("$.projects[0].service_users[0].email", control),
        ("$.projects[0].service_users[0].name", control),
    ];
    assert_refused(&app, &text.to_string(), &expected).await;
}

async fn a_key_that_differs_from_a_known_one_by_case_is_refused(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    // Login names are lower case, so tokens of both projects would have the same login names.
    let other = json!({"projects": [{"key": "Acme", "name": "Another"}]}).to_string();
    assert_refused(&app, &other, &[("$.projects[0].key", "differs by case only from the project \"ACME\"")]).await;
    let product = json!({"products": [{"key": "WSO2-IS", "name": "Another", "repositories": []}]}).to_string();
    assert_refused(&app, &product, &[("$.products[0].key", "differs by case only from the product \"wso2-is\"")]).await;
    assert!(app.pulls(&token, "wso2-apim/am").await);
}
