//! Denials that a caller can repeat: which get an audit row of their own, which are summed, and that every one is counted.

use crate::{
    models::audit::DenialAction,
    server::{
        audit::{
            denials::MAX_PER_CALLER,
            store::{self as audit, AuditEntry, AuditRow},
        },
        client_info::ClientInfo,
    },
};

use crate::tests::support::{
    TestApp, asks,
    catalogue::{ADMIN, CAROL, DAVE, GINA},
    on_both,
};

on_both! {
    a_token_that_asks_without_end_leaves_two_rows_a_window,
    a_publisher_that_asks_without_end_leaves_two_rows_a_window,
    a_token_from_addresses_without_end_leaves_a_bounded_number_of_rows,
    projects_without_end_leave_a_bounded_number_of_rows,
    a_project_that_is_asked_for_in_every_way_leaves_two_rows_a_window,
    tokens_without_end_leave_a_bounded_number_of_rows,
    windows_go_by_a_clock_that_never_jumps,
    different_refusals_are_told_apart,
    a_tokens_history_tells_what_was_counted_at_once_and_once,
    each_instance_sums_its_own,
    a_server_writes_refusals_by_itself,
    a_server_that_stops_writes_what_it_counted,
    a_row_written_twice_is_there_once,
    a_row_that_cannot_be_written_holds_up_no_other,
}

const MANY: usize = 500;

/// The number of denials that an audit row represents: the count of a summary row, 1 for any other row.
fn number(row: &AuditRow) -> usize {
    match row.detail.split_once(" more ") {
        Some((number, _)) => number.parse().expect("a number"),
        None => 1,
    }
}

fn total(rows: &[AuditRow]) -> usize {
    rows.iter().map(number).sum()
}

/// The audit rows of one action, after the current window has ended and its summary rows are written.
async fn ended(app: &TestApp, action: &str) -> Vec<AuditRow> {
    app.next_window();
    app.audit(action).await
}

async fn a_token_that_asks_without_end_leaves_two_rows_a_window(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for windows in 1..=2 {
        for n in 0..MANY {
            let client = app.browser().with("user-agent", &format!("client/{n}"));
            let scopes = [&*format!("repository:wso2-ob/r{n}:pull"), "repository:wso2-apim/am:pull"];
            let reply = client.ask(&token.row.login_name, &token.secret, &scopes).await;
            assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull");
        }
        assert_eq!(app.audit("registry.access.denied").await.len(), 2 * windows - 1, "the first is written at once");
        let rows = ended(&app, "registry.access.denied").await;
        assert_eq!((rows.len(), total(&rows)), (2 * windows, MANY * windows));
    }
    let rows = app.audit("registry.access.denied").await;
    for (client, detail) in [
        ("client/0", "repository:wso2-ob/r0:pull"),
        ("client/499", "499 more since 2026-06-01 09:00 UTC, the last: repository:wso2-ob/r499:pull"),
        ("client/499", "499 more since 2026-06-01 09:01 UTC, the last: repository:wso2-ob/r499:pull"),
    ] {
        assert!(rows.iter().any(|row| row.client == client && row.detail == detail), "{detail}: {rows:?}");
    }
    for row in rows {
        assert_eq!((row.token_id.as_ref(), row.login_name.as_ref()), (Some(&token.row.id), Some(&token.row.login_name)));
        assert_eq!((row.project_key.as_deref(), row.created_for.as_deref()), (Some("ACME"), Some(CAROL)));
        assert_eq!(row.address, "192.0.2.1");
    }
}

async fn a_publisher_that_asks_without_end_leaves_two_rows_a_window(app: TestApp) {
    for name in ["release", "nightly"] {
        let (login_name, secret) = app.publisher(name, "wso2-apim/*").await.expect("a publisher");
        for n in 0..MANY {
            let scope = format!("repository:wso2-is/r{n}:push,pull");
            assert_eq!(app.browser().ask(&login_name, &secret, &[&scope]).await.status, 200);
        }
    }
    let rows = ended(&app, "registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (4, 2 * MANY));
    for name in ["release", "nightly"] {
        let own: Vec<_> = rows.iter().filter(|row| row.login_name.as_deref() == Some(name)).cloned().collect();
        assert_eq!((own.len(), total(&own)), (2, MANY), "{name}");
    }
}

async fn a_token_from_addresses_without_end_leaves_a_bounded_number_of_rows(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for n in 0..MANY {
        let host = u16::try_from(n).expect("a small number");
        let client = app.browser().from([0x2001, 0xdb8, 0, 1, 0, 0, 0, host]);
        assert_eq!(client.ask(&token.row.login_name, &token.secret, &["repository:wso2-ob/obam:pull"]).await.status, 200);
    }
    let rows = ended(&app, "registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (MAX_PER_CALLER + 1, MANY));
    let rest = rows.iter().find(|row| number(row) > 1).expect("the sum of the rest");
    assert_eq!(rest.detail, format!("{} more of different kinds since 2026-06-01 09:00 UTC", MANY - MAX_PER_CALLER));
    assert_eq!((rest.address.as_str(), rest.token_id.as_ref()), ("several", Some(&token.row.id)));
}

async fn projects_without_end_leave_a_bounded_number_of_rows(app: TestApp) {
    let [gina, carol] = [app.signed_in(GINA).await, app.signed_in(CAROL).await];
    for n in 0..MANY {
        assert_eq!(gina.get(&format!("/projects/NONE{n}/registry-tokens")).await.status, 404);
        assert_eq!(asks::list(&format!("NONE{n}")).by(&carol).await.status, 404);
    }
    let rows = ended(&app, "project.denied").await;
    assert!(rows.len() <= 2 * (MAX_PER_CALLER + 1), "{}", rows.len());
    for email in [GINA, CAROL] {
        let own: Vec<_> = rows.iter().filter(|row| row.actor == email).cloned().collect();
        assert!(total(&own) >= MANY, "a page asks more than once, and nothing is lost: {}", total(&own));
        let rest = own.iter().find(|row| number(row) > 1).expect("the sum of the rest");
        assert_eq!((rest.project_key.as_deref(), rest.token_id.as_deref()), (None, None));
    }
    let own: Vec<_> = rows.into_iter().filter(|row| row.actor == CAROL).collect();
    assert_eq!((own.len(), total(&own)), (MAX_PER_CALLER + 1, MANY));
}

async fn a_project_that_is_asked_for_in_every_way_leaves_two_rows_a_window(app: TestApp) {
    let gina = app.signed_in(GINA).await;
    let mut asked = 0;
    for _ in 0..20 {
        for path in ["/projects/ACME/registry-tokens.csv", "/projects/ACME/registry-tokens/events"] {
            assert_eq!(gina.get(path).await.status, 404, "{path}");
            asked += 1;
        }
        for ask in [asks::list("ACME"), asks::page("ACME", ""), asks::details("ACME", "ci-main")] {
            assert_eq!(ask.by(&gina).await.status, 404, "{ask:?}");
            asked += 1;
        }
    }
    let rows = ended(&app, "project.denied").await;
    assert_eq!((rows.len(), total(&rows)), (2, asked));
}

async fn tokens_without_end_leave_a_bounded_number_of_rows(app: TestApp) {
    app.token(DAVE, "ACME", "his").await;
    let carol = app.signed_in(CAROL).await;
    for n in 0..MANY / 2 {
        let name = if n % 2 == 0 { "his".to_owned() } else { format!("none-{n}") };
        assert_eq!(asks::details("ACME", &name).by(&carol).await.status, 404);
        assert_eq!(asks::changes("ACME", &format!("{n:032x}"))[4].by(&carol).await.status, 404);
    }
    let rows = ended(&app, "token.view.denied").await;
    assert_eq!((rows.len(), total(&rows)), (4, MANY / 2), "one that is hidden, and none");
    let rows = app.audit("token.delete.denied").await;
    assert!(rows.len() <= MAX_PER_CALLER + 1, "{}", rows.len());
    assert_eq!(total(&rows), MANY / 2);
}

async fn windows_go_by_a_clock_that_never_jumps(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let refused = async || app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    refused().await;
    for seconds in [3_600, -86_400 * 30] {
        app.jump(seconds);
        refused().await;
        assert_eq!(app.audit("registry.access.denied").await.len(), 1, "no time has passed: {seconds}");
    }
    app.pass(59);
    refused().await;
    assert_eq!(app.audit("registry.access.denied").await.len(), 1);
    app.pass(1);
    let rows = app.audit("registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (2, 4));
    let sum = rows.iter().find(|row| number(row) == 3).expect("the sum");
    assert_eq!(sum.at, app.state.clock.now() - 1, "the moment of the last one, as the clock showed it");
}

async fn different_refusals_are_told_apart(app: TestApp) {
    let (one, other) = (app.token(CAROL, "ACME", "one").await, app.token(CAROL, "ACME", "other").await);
    let elsewhere = app.browser().from([198, 51, 100, 7]);
    for _ in 0..3 {
        for token in [&one, &other] {
            app.ask(token, &["repository:wso2-ob/obam:pull"]).await;
            elsewhere.ask(&token.row.login_name, &token.secret, &["repository:wso2-ob/obam:pull"]).await;
        }
    }
    let rows = ended(&app, "registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (8, 12));
    for row in rows.iter().filter(|row| number(row) > 1) {
        assert_eq!(number(row), 2);
    }
}

async fn a_tokens_history_tells_what_was_counted_at_once_and_once(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.pass(1);
    for _ in 0..58 {
        app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    }
    app.browser().ask(&token.row.login_name, "wrt_wrong", &[]).await;
    let admin = app.signed_in(ADMIN).await;
    let refusals = async || {
        let page = admin.get("/projects/ACME/tokens/ci-main").await;
        let said = ["Pull refused: wso2-ob/obam. ", "58 times since ", "2026-06-01 09:00 UTC", "Login refused"];
        assert!(said.iter().all(|said| page.tells(said)), "{}", page.body);
        page.body.matches(" refused: ").count()
    };
    let before = refusals().await;
    app.write_denials().await;
    assert_eq!(refusals().await, before, "what is written is there once");
    ended(&app, "").await;
    assert_eq!(refusals().await, before);
    // Different refusals are not merged into the first line. Of the counted ones, only the last is stored in full.
    for n in 0..4 {
        app.ask(&token, &[&format!("repository:wso2-ob/r{n}:pull")]).await;
    }
    ended(&app, "").await;
    let page = admin.get("/projects/ACME/tokens/ci-main").await;
    for said in ["Pull refused: wso2-ob/r0. ", "Pull refused, the last: wso2-ob/r3. ", "3 times since "] {
        assert!(page.tells(said), "{said}: {}", page.body);
    }
    let rows = app.audit("registry.access.denied").await;
    assert!(rows.iter().any(|row| row.detail == "57 more since 2026-06-01 09:00 UTC, each: repository:wso2-ob/obam:pull"));
}

async fn each_instance_sums_its_own(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let second = app.second().await;
    for _ in 0..3 {
        for instance in [&app, &second] {
            instance.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
        }
    }
    ended(&app, "").await;
    second.write_denials().await;
    let rows = app.audit("registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (4, 6));
    second.state.db.close().await;
}

async fn a_server_writes_refusals_by_itself(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let writer = tokio::spawn({
        let state = app.state.clone();
        async move { state.denials.keep_writing().await }
    });
    let written = async |rows: i64| {
        let began = std::time::Instant::now();
        let sql = "SELECT count(*) FROM audit WHERE action LIKE '%.denied'";
        while app.state.db.reader().number(sql, &[]).await.expect("a number") != rows {
            assert!(began.elapsed() < std::time::Duration::from_secs(20), "{rows} rows are written");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    for _ in 0..3 {
        app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    }
    written(1).await;
    app.browser().sign_in(CAROL, "a wrong password").await;
    written(2).await;
    app.next_window();
    written(3).await;
    writer.abort();
}

async fn a_server_that_stops_writes_what_it_counted(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    for _ in 0..5 {
        app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    }
    let app = app.with(|_| {}).await;
    let rows = app.audit("registry.access.denied").await;
    assert_eq!((rows.len(), total(&rows)), (2, 5));
    assert!(app.state.denials.flush_all().await, "and there is nothing left");
    assert_eq!(app.audit("registry.access.denied").await.len(), 2);
}

async fn a_row_written_twice_is_there_once(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    app.ask(&token, &["repository:wso2-ob/obam:pull"]).await;
    let row = app.audit("registry.access.denied").await.pop().expect("a row");
    let entry =
        AuditEntry { id: row.id, ..app.state.audit_entry("registry", DenialAction::RegistryAccess, &ClientInfo::command_line()) };
    let mut conn = app.state.db.begin_upkeep().await.expect("a transaction");
    audit::add_once(&mut conn, &entry).await.expect("it is passed over");
    conn.commit().await.expect("and the rest is kept");
    assert_eq!(app.audit("registry.access.denied").await.len(), 1);
}

async fn a_row_that_cannot_be_written_holds_up_no_other(app: TestApp) {
    let sql = if app.is_sqlite() {
        "CREATE TRIGGER audit_refuses BEFORE INSERT ON audit WHEN NEW.project_key = 'NONE' BEGIN SELECT RAISE(ABORT, 'no'); END"
    } else {
        "ALTER TABLE audit ADD CHECK (project_key <> 'NONE')"
    };
    app.try_execute(sql).await.expect("a database that refuses a row");
    let gina = app.signed_in(GINA).await;
    for project in ["ACME", "NONE", "ACMEOLD"] {
        assert_eq!(asks::list(project).by(&gina).await.status, 404, "{project}");
    }
    let rows = app.audit("project.denied").await;
    let projects: Vec<_> = rows.iter().filter_map(|row| row.project_key.as_deref()).collect();
    assert_eq!(projects.len(), 2, "{projects:?}");
    assert!(app.state.denials.flush_all().await, "nothing is left");
}
