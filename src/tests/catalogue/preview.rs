//! A dry run reports an import's effects on users: tokens that stop working, ended access, removed members. It changes nothing.

use serde_json::{Value, json};

use crate::server::accounts;

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, GINA, PAT, PIPELINE, find, project, remove},
    on_both,
};

on_both! {
    tokens_that_stop_are_counted_by_owner,
    access_that_ends_or_has_a_gap_is_told,
    a_person_with_a_new_e_mail_is_noticed,
    a_service_user_that_goes_is_told_with_its_tokens,
    a_repository_taken_from_a_product_is_told_in_every_project,
    a_wider_repository_hurts_nobody,
    a_closed_project_and_lost_rights_are_told,
    a_person_who_is_let_in_again_is_told,
    an_import_that_takes_nothing_says_so,
    what_is_told_comes_true_and_nothing_changes_before,
}

async fn tokens_that_stop_are_counted_by_owner(app: TestApp) {
    for (email, name) in [(CAROL, "one"), (CAROL, "two"), (DAVE, "three"), (PAT, "four")] {
        app.token(email, "ACME", name).await;
    }
    let told = app
        .preview(|catalogue| {
            find(&mut catalogue["users"], "email", CAROL)["active"] = false.into();
            remove(&mut project(catalogue, "ACME")["members"], "email", DAVE);
        })
        .await
        .effects;
    let expected = [
        "For people: 3 tokens stop, 3 people leave or lose a right.",
        "project ACME: 3 tokens stop, 2 people leave or lose a right",
        "  3 tokens stop: 2 of carol@acme.example, 1 of dave@acme.example",
        "  carol@acme.example is deactivated: signed out, and cannot sign in",
        "  dave@acme.example leaves",
        "project ACMEOLD: 1 person leaves or loses a right",
        "  carol@acme.example is deactivated: signed out, and cannot sign in",
    ];
    let mut told = told;
    told.sort();
    let mut sorted = expected.map(str::to_owned);
    sorted.sort();
    assert_eq!(told, sorted);
}

async fn access_that_ends_or_has_a_gap_is_told(app: TestApp) {
    app.token(GINA, "GLOBEX", "ci-main").await;
    let periods = |list: Value| move |catalogue: &mut Value| project(catalogue, "GLOBEX")["subscriptions"] = list;
    let period = |starts: &str, ends: &str| json!({"product": "wso2-is", "starts": starts, "ends": ends});
    for (list, expected) in [
        (
            json!([]),
            &[
                "For people: 1 token stops, 1 access ends or has a gap.",
                "project GLOBEX: 1 token stops, 1 access ends or has a gap",
                "  1 token stops: 1 of gina@globex.example",
                "  access to wso2-is ends now (it ran until 2026-12-31); 1 token holds it",
            ][..],
        ),
        (
            json!([period("2026-01-01", "2026-12-31"), period("2027-01-08", "2028-01-07")]),
            &[
                "For people: 1 access ends or has a gap.",
                "project GLOBEX: 1 access ends or has a gap",
                "  access to wso2-is has a gap from 2027-01-01 to 2027-01-07; 1 token holds it",
            ],
        ),
        (
            json!([period("2026-01-01", "2026-06-30"), period("2026-07-01", "2026-11-30")]),
            &[
                "For people: 1 access ends or has a gap.",
                "project GLOBEX: 1 access ends or has a gap",
                "  access to wso2-is ends on 2026-11-30 (it ran until 2026-12-31); 1 token holds it",
            ],
        ),
        (
            json!([period("2026-06-02", "2027-06-01")]),
            &[
                "For people: 1 token stops, 1 access ends or has a gap.",
                "project GLOBEX: 1 token stops, 1 access ends or has a gap",
                "  1 token stops: 1 of gina@globex.example",
                "  access to wso2-is ends now and begins again on 2026-06-02 (it ran until 2026-12-31); 1 token holds it",
            ],
        ),
    ] {
        assert_eq!(app.preview(periods(list)).await.effects, expected);
    }
}

async fn a_person_with_a_new_e_mail_is_noticed(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    // Detected by the name, and by the part before the @.
    for (email, name) in [("caroline@acme.example", "Carol CUSTOMER"), ("carol@acme-group.example", "Carol Marriedname")] {
        let told = app
            .preview(|catalogue| {
                let users = catalogue["users"].as_array_mut().expect("a list");
                users.push(json!({"email": "dora@acme.example", "name": "Dora"}));
                users.push(json!({"email": email, "name": name}));
                let members = project(catalogue, "ACME")["members"].as_array_mut().expect("a list");
                members.push(json!({"email": "dora@acme.example", "role": "customer"}));
                members.push(json!({"email": email, "role": "customer"}));
                remove(&mut project(catalogue, "ACME")["members"], "email", CAROL);
                find(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)["email"] = "build@acme.example".into();
            })
            .await
            .effects;
        assert_eq!(told[1], "project ACME: 2 tokens stop, 1 person leaves or loses a right, 1 service user is deactivated");
        assert!(
            told[3].starts_with(&format!("  carol@acme.example leaves and {email} joins: if this is one person")),
            "{told:?}"
        );
        assert!(told[4].contains("ci@acme.example is deactivated and build@acme.example is added"), "{told:?}");
    }
}

async fn a_service_user_that_goes_is_told_with_its_tokens(app: TestApp) {
    app.service_token(ADMIN, "ACME", "pipeline", PIPELINE).await;
    app.service_token(ADMIN, "ACME", "nightly", PIPELINE).await;
    let expected = [
        "For people: 2 tokens stop, 1 service user is deactivated.",
        "project ACME: 2 tokens stop, 1 service user is deactivated",
        "  2 tokens stop: 2 of ci@acme.example",
        "  service user ci@acme.example is deactivated",
    ];
    let gone = |catalogue: &mut Value| remove(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE);
    assert_eq!(app.preview(gone).await.effects, expected);
    let inactive = |catalogue: &mut Value| {
        find(&mut project(catalogue, "ACME")["service_users"], "email", PIPELINE)["active"] = false.into();
    };
    assert_eq!(app.preview(inactive).await.effects, expected);
}

async fn a_repository_taken_from_a_product_is_told_in_every_project(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.token(DAVE, "ACME", "other").await;
    let told = app
        .preview(|catalogue| {
            find(&mut catalogue["products"], "key", "wso2-apim")["repositories"] = json!(["wso2-apim/am"]);
            find(&mut catalogue["products"], "key", "wso2-is")["repositories"] = json!(["wso2-is/is"]);
        })
        .await
        .effects;
    let expected = [
        "For people: 3 repositories are taken away.",
        "project ACME: 1 repository is taken away",
        "  wso2-apim no longer opens wso2-apim/*, which 2 tokens may pull from",
        "project ACMEOLD: 1 repository is taken away",
        "  wso2-apim no longer opens wso2-apim/*",
        "project GLOBEX: 1 repository is taken away",
        "  wso2-is no longer opens wso2-is/is-tools",
    ];
    assert_eq!(told, expected);
}

async fn a_wider_repository_hurts_nobody(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    let preview =
        app.preview(|catalogue| find(&mut catalogue["products"], "key", "wso2-is")["repositories"] = json!(["wso2-is/*"])).await;
    assert_eq!(preview.effects, ["For people: nobody loses anything."]);
    assert_eq!(preview.changes.len(), 3);
}

async fn a_closed_project_and_lost_rights_are_told(app: TestApp) {
    app.token(GINA, "GLOBEX", "ci-main").await;
    let told = app
        .preview(|catalogue| {
            project(catalogue, "GLOBEX")["closed"] = true.into();
            find(&mut project(catalogue, "GLOBEX")["members"], "email", GINA)["role"] = "customer".into();
        })
        .await
        .effects;
    let expected = [
        "For people: 1 person leaves or loses a right, 1 project is closed.",
        "project GLOBEX: 1 person leaves or loses a right, 1 project is closed",
        "  gina@globex.example is no longer an admin: sees and changes their own tokens only",
        "  no active admin is left",
        "  the project is closed: its token can be seen and used, not changed",
    ];
    assert_eq!(told, expected);
}

async fn a_person_who_is_let_in_again_is_told(app: TestApp) {
    app.token(CAROL, "ACME", "ci-main").await;
    app.app_error(accounts::deactivate(&app.state, CAROL).await).await.expect("she is deactivated");
    let told = app.preview(|_| {}).await.effects;
    let expected = [
        "For people: 3 tokens or people are let in again.",
        "project ACME: 2 tokens or people are let in again",
        "  1 token works again: 1 of carol@acme.example",
        "  carol@acme.example is active again, and can sign in",
        "project ACMEOLD: 1 token or person is let in again",
        "  carol@acme.example is active again, and can sign in",
    ];
    assert_eq!(told, expected);
}

async fn an_import_that_takes_nothing_says_so(app: TestApp) {
    let preview = app
        .preview(|catalogue| {
            find(&mut catalogue["users"], "email", CAROL)["name"] = "Carol Newname".into();
            project(catalogue, "GLOBEX")["subscriptions"][0]["ends"] = "2028-12-31".into();
        })
        .await;
    assert_eq!(preview.effects, ["For people: nobody loses anything."]);
    assert_eq!(preview.changes.len(), 2);
    assert_eq!(app.preview(|_| {}).await.changes, [""; 0]);
}

async fn what_is_told_comes_true_and_nothing_changes_before(app: TestApp) {
    let (carol, pipeline) = (app.token(CAROL, "ACME", "one").await, app.service_token(ADMIN, "ACME", "two", PIPELINE).await);
    let dave = app.token(DAVE, "ACME", "three").await;
    let change = |catalogue: &mut Value| {
        remove(&mut project(catalogue, "ACME")["members"], "email", CAROL);
        project(catalogue, "ACME")["service_users"] = json!([]);
    };
    let before = app.dump().await;
    let preview = app.preview(change).await;
    assert_eq!(app.dump().await, before);
    assert!(
        preview.effects.contains(&"  2 tokens stop: 1 of carol@acme.example, 1 of ci@acme.example".to_owned()),
        "{:?}",
        preview.effects
    );
    assert_eq!(app.reimport_catalogue(change).await, preview.changes);
    for (token, works) in [(carol, false), (pipeline, false), (dave, true)] {
        assert_eq!(app.lets_in(&token.row.login_name, &token.secret).await, works, "{}", token.row.name);
    }
}
