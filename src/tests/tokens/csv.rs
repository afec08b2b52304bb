//! The CSV export of the list: its content, and how a spreadsheet reads it.

use crate::tests::support::{
    TestApp,
    catalogue::{ADMIN, CAROL, DAVE, PAT, find, project},
    on_both,
};

on_both! {
    a_spreadsheet_reads_the_file_as_it_is,
    the_file_says_why_a_token_does_not_work_and_what_it_lacks,
    no_field_of_the_file_is_a_formula,
    the_file_holds_any_of_several_statuses,
    optional_columns_are_shown_for_who_asks_and_sort,
}

const FILE: &str = "/projects/ACME/registry-tokens.csv";
const PAGE: &str = "/projects/ACME/registry-tokens";

/// The fields of a CSV file by line, without the header. Works only for fields without quotes and commas.
fn fields(file: &str) -> Vec<Vec<&str>> {
    file.lines().skip(1).map(|line| line.trim_matches('"').split("\",\"").collect()).collect()
}

async fn a_spreadsheet_reads_the_file_as_it_is(app: TestApp) {
    app.reimport_catalogue(|catalogue| {
        for (email, name) in [(CAROL, "Zo\u{eb}"), (DAVE, "\u{5c71}\u{7530}")] {
            find(&mut catalogue["users"], "email", email)["name"] = name.into();
        }
    })
    .await;
    for (email, name) in [(CAROL, "one"), (DAVE, "two")] {
        app.token(email, "ACME", name).await;
    }
    let file = app.signed_in(ADMIN).await.get(FILE).await;
    let bytes = file.body.as_bytes();
    assert_eq!(&bytes[..15], b"\xef\xbb\xbf\"Token Name\"", "a byte order mark, once");
    assert_eq!(file.body.matches('\u{feff}').count(), 1);
    // Zoë and 山田 in UTF-8.
    for name in [&b"\"Zo\xc3\xab\""[..], b"\"\xe5\xb1\xb1\xe7\x94\xb0\""] {
        assert!(bytes.windows(name.len()).any(|part| part == name), "{}", file.body);
    }
    assert!(bytes.ends_with(b"\r\n") && file.body.lines().count() == 3);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
}

async fn the_file_says_why_a_token_does_not_work_and_what_it_lacks(app: TestApp) {
    let (used, disabled) = (app.token(CAROL, "ACME", "used").await, app.token(DAVE, "ACME", "disabled").await);
    app.token(PAT, "ACME", "left").await;
    let sql = "UPDATE tokens SET last_used_at = 951782399, last_used_address = '203.0.113.77' WHERE id = $1";
    app.execute(sql, &[(&used.row.id).into()]).await;
    let sql = "UPDATE tokens SET disabled_at = 1, disabled_reason = 'audit 7' WHERE id = $1";
    app.execute(sql, &[(&disabled.row.id).into()]).await;
    app.reimport_catalogue(|catalogue| {
        find(&mut catalogue["users"], "email", PAT)["active"] = false.into();
        let subscriptions = project(catalogue, "ACME")["subscriptions"].as_array_mut().expect("a list");
        subscriptions.push(serde_json::json!({"product": "wso2-is", "starts": "2026-05-31", "ends": "2031-11-05"}));
    })
    .await;
    let file = app.signed_in(ADMIN).await.get(&format!("{FILE}?sort=name")).await;
    let lines = fields(&file.body);
    let rows = app.rows(ADMIN, "ACME").await;
    let row = |name: &str| rows.iter().find(|row| row.name == name).expect("it is listed");
    for line in &lines {
        let row = row(line[0]);
        assert_eq!((line[8], line[12], line.len()), (row.status.label(), row.products_to_add.join(" ").as_str(), 16), "{line:?}");
    }
    let reasons: Vec<_> = lines.iter().map(|line| (line[0], line[11])).collect();
    let gone = row("left").status_reason.clone().expect("a reason");
    assert!(gone.ends_with("was deactivated"), "{gone}");
    assert_eq!(reasons[..2], [("disabled", "Disabled by an admin: audit 7"), ("left", gone.as_str())]);
    assert!(lines.iter().all(|line| line[12].contains("wso2-is")), "{lines:?}");
    let last: Vec<_> = lines.iter().map(|line| line[14]).collect();
    assert_eq!(last, ["", "", "2000-02-28T23:59:59Z"]);
}

async fn no_field_of_the_file_is_a_formula(app: TestApp) {
    let names = ["＝1+1", "＋cmd", "－2", "＠SUM(A1)", "=HYPERLINK(1)", "@x"];
    let id = app.token(CAROL, "ACME", "ci-main").await.row.id;
    for name in names {
        app.reimport_catalogue(|catalogue| find(&mut catalogue["users"], "email", CAROL)["name"] = name.into()).await;
        let file = app.signed_in(ADMIN).await.get(FILE).await;
        assert!(file.body.contains(&format!("\"'{name}\"")) && !file.body.contains(&format!("\"{name}\"")), "{}", file.body);
        assert!(app.signed_in(ADMIN).await.get(PAGE).await.body.contains(&id));
    }
}

async fn the_file_holds_any_of_several_statuses(app: TestApp) {
    for (email, name) in [(CAROL, "active"), (DAVE, "disabled"), (PAT, "other")] {
        app.token(email, "ACME", name).await;
    }
    app.execute("UPDATE tokens SET disabled_at = 1 WHERE name = 'disabled'", &[]).await;
    app.execute("UPDATE projects SET revision = revision + 1", &[]).await;
    let admin = app.signed_in(ADMIN).await;
    for (query, found) in [
        ("status=disabled", vec!["disabled"]),
        ("status=disabled&status=active", vec!["active", "disabled", "other"]),
        ("status=expired&status=disabled&status=odd", vec!["disabled"]),
        ("status=expired&status=expiring-soon", Vec::new()),
    ] {
        let file = admin.get(&format!("{FILE}?{query}&sort=name")).await;
        assert_eq!(fields(&file.body).iter().map(|line| line[0]).collect::<Vec<_>>(), found, "{query}");
        let page = admin.get(&format!("{PAGE}?{query}&sort=name")).await.body;
        for name in ["active", "disabled", "other"] {
            assert_eq!(page.contains(&format!("/tokens/{name}\"")), found.contains(&name), "{query} {name}");
        }
        // The no-JavaScript form sends every active status filter, and the count is that of the view.
        let sent = page.matches("form=\"tokens-filters\" name=\"status\"").count();
        assert_eq!(sent, query.matches("status=").count() - query.matches("odd").count(), "{query}");
        let all = if found.len() == 3 { "3 tokens".to_owned() } else { format!("{} of 3 tokens", found.len()) };
        assert!(page.contains(&format!("class=\"found\">{all}<")), "{query}");
    }
}

async fn optional_columns_are_shown_for_who_asks_and_sort(app: TestApp) {
    for (email, name, pulls) in [(CAROL, "few", 2), (DAVE, "many", 11), (CAROL, "none", 0)] {
        let token = app.token(email, "ACME", name).await;
        for _ in 0..pulls {
            assert!(app.pulls(&token, "wso2-apim/am").await);
        }
        app.pass(1);
    }
    app.state.token_endpoint.usage.flush().await;
    let admin = app.signed_in(ADMIN).await;
    let plain = admin.get(PAGE).await.body;
    assert!(!plain.contains("col-pulls") && !plain.contains("col-login"), "hidden until somebody asks for them");
    for (cookie, pulls, login) in [("pulls", true, false), ("by.login", false, true), ("login.pulls", true, true)] {
        let page = admin.clone().with("cookie", &format!("registry-tokens-columns={cookie}")).get(PAGE).await.body;
        assert_eq!(page.contains("class=\"col-pulls\" title=\"11\">11<"), pulls, "{cookie}");
        assert_eq!(page.contains("class=\"col-login mono\" title=\"acme.many\">acme.many<"), login, "{cookie}");
        assert_eq!((page.contains("sort=-pulls"), page.contains("sort=login")), (pulls, login), "{cookie}");
    }
    for (sort, names) in
        [("-pulls", ["many", "few", "none"]), ("pulls", ["none", "few", "many"]), ("-login", ["none", "many", "few"])]
    {
        let file = admin.get(&format!("{FILE}?sort={sort}")).await;
        assert_eq!(fields(&file.body).iter().map(|line| line[0]).collect::<Vec<_>>(), names, "{sort}");
    }
}
