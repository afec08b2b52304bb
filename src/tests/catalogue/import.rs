//! Importing a catalogue: the file is authoritative for everything it names and changes nothing else.

use serde_json::{Value, json};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, GINA, OLD_PIPELINE, PIPELINE, find, original, project, remove},
    dump::Dump,
    on_both,
    tokens::products,
};

on_both! {
    an_import_adds_what_the_file_names,
    a_second_import_changes_nothing,
    a_dry_run_says_the_same_as_an_import_and_changes_nothing,
    a_missing_subscription_ends_yesterday,
    a_missing_member_leaves_and_their_token_stays,
    a_missing_service_user_is_deactivated_and_their_token_stays,
    what_the_file_does_not_name_is_untouched,
    what_the_file_says_otherwise_is_changed,
    a_file_may_lean_on_what_an_earlier_one_brought,
    a_product_opens_what_the_last_import_says,
    every_change_leaves_a_row_in_the_audit_trail,
    e_mails_have_no_case,
}

/// The dump without the audit table, to which every import adds rows.
fn without_audit(mut dump: Dump) -> Dump {
    dump.remove("audit").expect("an audit trail");
    dump
}

async fn an_import_adds_what_the_file_names(app: TestApp) {
    for (sql, rows) in [
        ("SELECT count(*) FROM products", 4),
        ("SELECT count(*) FROM product_repositories", 5),
        ("SELECT count(*) FROM users WHERE active = 1 AND password_hash IS NULL", 5),
        ("SELECT count(*) FROM projects", 3),
        ("SELECT count(*) FROM subscriptions", 6),
        ("SELECT count(*) FROM members", 8),
        ("SELECT count(*) FROM service_users WHERE active = 1", 2),
        ("SELECT count(*) FROM service_users WHERE active = 0", 1),
    ] {
        assert_eq!(app.number(sql, &[]).await, rows, "{sql}");
    }
    let browser = app.signed_in(CAROL).await;
    let page = browser.get("/projects/ACME/registry-tokens").await;
    for fact in ["Acme Production", "ACME", "Subscription", "Enterprise", "WSO2 API Manager", "2027-12-31"] {
        assert!(page.tells(fact), "{fact}");
    }
}

async fn a_second_import_changes_nothing(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let before = app.dump().await;
    assert_eq!(app.reimport_catalogue(|_| {}).await, [""; 0]);
    app.at("2026-09-01T00:00:00Z");
    assert_eq!(app.reimport_catalogue(|_| {}).await, [""; 0], "whatever has ended meanwhile");
    assert_eq!(app.dump().await, before);
    // A change that removes something is also applied only once.
    let without = |catalogue: &mut Value| {
        project(catalogue, "ACME")["subscriptions"] = json!([]);
        project(catalogue, "ACME")["members"] = json!([]);
        project(catalogue, "ACME")["service_users"] = json!([]);
    };
    assert!(!app.reimport_catalogue(without).await.is_empty());
    let before = app.dump().await;
    assert_eq!(app.reimport_catalogue(without).await, [""; 0]);
    app.pass(10 * 86_400);
    assert_eq!(app.reimport_catalogue(without).await, [""; 0], "what has ended is not ended again");
    assert_eq!(app.dump().await, before);
}

async fn a_dry_run_says_the_same_as_an_import_and_changes_nothing(app: TestApp) {
    let mut catalogue = original();
    catalogue["products"]
        .as_array_mut()
        .expect("a list")
        .push(json!({"key": "wso2-si", "name": "SI", "repositories": ["wso2-si/*"]}));
    let carol = find(&mut catalogue["users"], "email", CAROL);
    (carol["active"], carol["name"]) = (false.into(), "Carol Once".into());
    let acme = project(&mut catalogue, "ACME");
    acme["subscriptions"] = json!([{"product": "wso2-si", "starts": "2026-01-01", "ends": "2026-12-31"}]);
    acme["members"][0]["role"] = "customer".into();
    acme["service_users"] = json!([]);
    let (before, text) = (app.dump().await, catalogue.to_string());

    let announced = app.import(&text, true).await.expect("it could be imported");
    assert_eq!(app.dump().await, before);
    assert_eq!(app.import(&text, false).await.expect("it is imported"), announced);
    assert_ne!(app.dump().await, before);
    let expected = [
        "product wso2-si: added",
        "product wso2-si: repository wso2-si/* added",
        r#"user carol@acme.example: deactivated, name "Carol Once", was "Carol Customer""#,
        "project ACME: subscription to wso2-si from 2026-01-01 to 2026-12-31 added",
        "project ACME: subscription to wso2-apim ended",
        "project ACME: subscription to wso2-mi ended",
        "project ACME: subscription to wso2-ob ended",
        "project ACME: admin@acme.example is now customer",
        "project ACME: service user ci@acme.example deactivated",
    ];
    assert_eq!(announced, expected);
}

async fn a_missing_subscription_ends_yesterday(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["subscriptions"], "product", "wso2-apim")).await;
    let row = app.row(CAROL, "ACME", "ci-main").await;
    assert_eq!(products(&row), ["wso2-mi", "wso2-apim"], "the token holds it still");
    assert_eq!((row.products[1].ends.as_deref(), row.products[1].running), (Some("2026-05-31"), false));
    assert!(!app.pulls(&token, "wso2-apim/am").await && app.pulls(&token, "wso2-mi/mi").await);
    app.reimport_catalogue(|_| {}).await;
    assert!(app.pulls(&token, "wso2-apim/am").await);
}

async fn a_missing_member_leaves_and_their_token_stays(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let changes = app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["members"], "email", CAROL)).await;
    assert_eq!(changes, ["project ACME: carol@acme.example left"]);
    assert_eq!(app.names(ADMIN, "ACME").await, ["ci-main"]);
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
    assert!(app.signed_in(CAROL).await.get("/projects/ACMEOLD/registry-tokens").await.status == 200, "that project named her");
}

async fn a_missing_service_user_is_deactivated_and_their_token_stays(app: TestApp) {
    let token = app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    let changes =
        app.reimport_catalogue(|catalogue| remove(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)).await;
    assert_eq!(changes, ["project ACME: service user ci@acme.example deactivated"]);
    assert_eq!(app.names(ADMIN, "ACME").await, ["pipeline"]);
    assert!(!app.lets_in(&token.row.login_name, &token.secret).await);
}

async fn what_the_file_does_not_name_is_untouched(app: TestApp) {
    let token = app.token(GINA, "GLOBEX", "ci-main").await;
    let before = without_audit(app.dump().await);
    let nothing = json!({"products": [], "users": [], "projects": []}).to_string();
    for text in [nothing.as_str(), "{}"] {
        assert_eq!(app.import(text, false).await, Ok(Vec::new()));
    }
    let mut acme_alone = original();
    acme_alone["products"] = json!([]);
    acme_alone["users"] = json!([]);
    acme_alone["projects"].as_array_mut().expect("a list").truncate(1);
    project(&mut acme_alone, "ACME")["name"] = "Acme".into();
    assert_eq!(app.import(&acme_alone.to_string(), false).await, Ok(vec!["project ACME: details changed".to_owned()]));
    let after = without_audit(app.dump().await);
    for (table, rows) in &before {
        assert!(table == "projects" || &after[table] == rows, "{table}");
    }
    assert!(app.pulls(&token, "wso2-is/is").await);
}

async fn what_the_file_says_otherwise_is_changed(app: TestApp) {
    let changes = app
        .reimport_catalogue(|catalogue| {
            find(&mut catalogue["products"], "key", "wso2-is")["name"] = "Identity".into();
            find(&mut catalogue["users"], "email", CAROL)["name"] = "Carol Newname".into();
            let acme = project(catalogue, "ACME");
            acme["closed"] = true.into();
            acme["subscriptions"][1]["ends"] = "2028-05-31".into();
            find(&mut acme["service_users"], "email", OLD_PIPELINE)["active"] = true.into();
            project(catalogue, "ACMEOLD")["closed"] = false.into();
        })
        .await;
    let expected = [
        "product wso2-is: name \"Identity\"",
        "user carol@acme.example: name \"Carol Newname\", was \"Carol Customer\"",
        "project ACME: closed",
        "project ACME: subscription to wso2-is now from 2025-01-01 to 2028-05-31",
        "project ACME: service user old-ci@acme.example: activated",
        "project ACMEOLD: opened again",
    ];
    assert_eq!(changes, expected);
    app.token(CAROL, "ACMEOLD", "opened").await;
}

async fn a_file_may_lean_on_what_an_earlier_one_brought(app: TestApp) {
    let text = json!({"projects": [{
        "key": "NEW", "name": "New",
        "subscriptions": [{"product": "wso2-is", "starts": "2026-06-01", "ends": "2026-06-01"}],
        "members": [{"email": CAROL, "role": "customer"}],
    }]});
    app.import(&text.to_string(), false).await.expect("product and user are known");
    let token = app.token(CAROL, "NEW", "ci-main").await;
    assert!(app.pulls(&token, "wso2-is/is").await, "both days of a subscription are in it");
    app.at("2026-06-02T00:00:00Z");
    assert!(!app.pulls(&token, "wso2-is/is").await);
}

async fn a_product_opens_what_the_last_import_says(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let changes = app
        .reimport_catalogue(|catalogue| {
            find(&mut catalogue["products"], "key", "wso2-apim")["repositories"] = json!(["wso2-apim/am", "am/*"])
        })
        .await;
    assert_eq!(changes.len(), 3, "{changes:?}");
    for (repository, opened) in [("wso2-apim/am", true), ("am/deep/er", true), ("wso2-apim/am-tm", false)] {
        assert_eq!(app.pulls(&token, repository).await, opened, "{repository}");
    }
}

async fn every_change_leaves_a_row_in_the_audit_trail(app: TestApp) {
    let before = app.audit("catalogue.imported").await.len();
    app.pass(1);
    let changes = app.reimport_catalogue(|catalogue| project(catalogue, "ACME")["members"] = json!([])).await;
    let rows = app.audit("catalogue.imported").await.split_off(before);
    assert_eq!((rows.len(), changes.len()), (4, 4));
    for row in rows {
        assert_eq!((row.actor.as_str(), row.project_key.as_deref()), ("operator", Some("ACME")));
        assert!(changes.contains(&row.detail), "{}", row.detail);
    }
}

async fn e_mails_have_no_case(app: TestApp) {
    let changes = app
        .reimport_catalogue(|catalogue| {
            find(&mut catalogue["users"], "email", CAROL)["email"] = "Carol@ACME.example".into();
            find(&mut project(catalogue, "ACME")["members"], "email", CAROL)["email"] = "CAROL@acme.example".into();
        })
        .await;
    assert_eq!(changes, [""; 0]);
}
