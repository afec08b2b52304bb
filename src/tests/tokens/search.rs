//! Search results and the sort order of names: the no-JavaScript page and the CSV, on both databases.

use serde_json::{Value, json};

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, PAT, PIPELINE, find, project},
    on_both,
};

on_both! {
    a_search_finds_login_names_people_reasons_and_addresses,
    numbers_and_accents_are_in_their_order,
    projects_and_service_users_are_in_their_order,
    people_of_one_name_are_told_apart,
}

const FILE: &str = "/projects/ACME/registry-tokens.csv";
const PAGE: &str = "/projects/ACME/registry-tokens";

fn rename(users: &'static [(&str, &str)]) -> impl FnOnce(&mut Value) {
    move |catalogue| {
        for (email, name) in users {
            find(&mut catalogue["users"], "email", email)["name"] = (*name).into();
        }
    }
}

/// The token names in the CSV; checks that the page has them in the same order.
async fn names(app: &TestApp, query: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let admin = app.signed_in(ADMIN).await;
    let file = admin.get(&format!("{FILE}?{query}")).await;
    let names: Vec<&str> = file.body.lines().skip(1).filter_map(|line| line.split('"').nth(1)).collect();
    let page = admin.get(&format!("{PAGE}?{query}")).await;
    let links: Vec<&str> = page.body.split("/projects/ACME/tokens/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut on_page: Vec<&str> = links.clone();
    on_page.dedup();
    assert_eq!(on_page, names, "{query}");
    names.join(" ")
}

async fn a_search_finds_login_names_people_reasons_and_addresses(app: TestApp) {
    app.reimport_catalogue(rename(&[(DAVE, "Zo\u{eb} \u{c5}str\u{f6}m")])).await;
    let used = app.token(CAROL, "ACME", "ci-main").await;
    let disabled = app.token(DAVE, "ACME", "edge-7").await;
    app.token(PAT, "ACME", "prod").await;
    let sql = "UPDATE tokens SET last_used_at = 5, last_used_address = '203.0.113.77', last_used_client = 'skopeo' WHERE id = $1";
    app.execute(sql, &[(&used.row.id).into()]).await;
    let reason = "Schl\u{fc}ssel\u{fc}bergabe, Stra\u{df}e 9";
    let sql = "UPDATE tokens SET disabled_at = 1, disabled_reason = $1 WHERE id = $2";
    app.execute(sql, &[reason.into(), (&disabled.row.id).into()]).await;
    app.execute("UPDATE projects SET revision = revision + 1", &[]).await;
    for (search, found) in [
        ("acme.ci-main", "ci-main"),
        ("ACME.Edge", "edge-7"),
        ("me.prod", "prod"),
        ("acme.main", ""),
        ("globex.ci-main", ""),
        ("carol@ACME", "ci-main"),
        ("partner.example", "prod"),
        ("zoe", "edge-7"),
        ("zo\u{cb}", "edge-7"),
        ("zo\u{e9}", ""),
        ("astrom", "edge-7"),
        ("schlusselubergabe", "edge-7"),
        ("SCHL\u{dc}SSEL\u{dc}BER", "edge-7"),
        ("strasse 9", "edge-7"),
        ("203.0.113.77", "ci-main"),
        ("113.7", "ci-main"),
    ] {
        assert_eq!(names(&app, &[("q", search)]).await, found, "{search}");
    }
}

async fn numbers_and_accents_are_in_their_order(app: TestApp) {
    app.reimport_catalogue(rename(&[(CAROL, "Zo\u{eb}"), (DAVE, "Zoltan"), (PAT, "zoe")])).await;
    for (email, name) in [(CAROL, "node-10"), (DAVE, "Node-2"), (PAT, "node-1b"), (CAROL, "node-9-100"), (DAVE, "node-9-20")] {
        app.token(email, "ACME", name).await;
        app.pass(1);
    }
    assert_eq!(names(&app, &[("sort", "name")]).await, "node-1b Node-2 node-9-20 node-9-100 node-10");
    assert_eq!(names(&app, &[("sort", "-name")]).await, "node-10 node-9-100 node-9-20 Node-2 node-1b");
    assert_eq!(names(&app, &[("sort", "for")]).await, "node-1b node-9-100 node-10 node-9-20 Node-2");
}

async fn projects_and_service_users_are_in_their_order(app: TestApp) {
    app.reimport_catalogue(|catalogue| {
        project(catalogue, "ACME")["name"] = "Region 10".into();
        project(catalogue, "ACMEOLD")["closed"] = false.into();
        project(catalogue, "ACMEOLD")["name"] = "region 9".into();
        let globex = project(catalogue, "GLOBEX");
        globex["name"] = "\u{c5}re".into();
        globex["members"].as_array_mut().expect("a list").push(json!({"email": ADMIN, "role": "admin"}));
        let users = project(catalogue, "ACME")["service_users"].as_array_mut().expect("a list");
        for (email, name) in [("b@acme.example", "runner 10"), ("a@acme.example", "Runner 9"), ("c@acme.example", "\u{e9}tage")] {
            users.push(json!({"email": email, "name": name}));
        }
    })
    .await;
    let admin = app.signed_in(ADMIN).await;
    let home = admin.get("/").await;
    let at = |text: &str| home.body.find(text).unwrap_or_else(|| panic!("{text}: {home:?}"));
    assert!(at("\u{c5}re") < at("region 9") && at("region 9") < at("Region 10"));
    let dialog = admin.get(&format!("{PAGE}?dialog=generate")).await;
    let at = |text: &str| dialog.body.find(text).unwrap_or_else(|| panic!("{text}: {dialog:?}"));
    let service_users = [PIPELINE, "c@acme.example", "a@acme.example", "b@acme.example"].map(|email| at(&format!("({email})")));
    assert!(service_users.is_sorted(), "{service_users:?}");
}

async fn people_of_one_name_are_told_apart(app: TestApp) {
    app.reimport_catalogue(rename(&[(CAROL, "Kim Lee"), (PAT, "Kim Lee")])).await;
    for (email, name) in [(CAROL, "one"), (PAT, "two"), (DAVE, "three")] {
        app.token(email, "ACME", name).await;
    }
    let admin = app.signed_in(ADMIN).await;
    let page = admin.get(PAGE).await;
    for email in [CAROL, PAT] {
        assert!(page.body.contains(&format!("Kim Lee ({email}) (1)")), "{email}: {}", page.body);
    }
    assert!(page.body.contains("Dave Customer (1)"), "{}", page.body);
    let file = admin.get(FILE).await;
    for (email, name) in [(PAT, "Kim Lee"), (DAVE, "Dave Customer")] {
        for (first, second) in [(email, name), (name, email)] {
            assert!(file.body.contains(&format!("\"{first}\",\"{second}\"")), "{first}, {second}: {}", file.body);
        }
    }
}
