//! A database that rejects writes for a while: reads still work, no change is half done, and the server recovers by itself.

use std::str::FromStr;

use sqlx::{AssertSqlSafe, ConnectOptions, Executor, postgres::PgConnectOptions};

use crate::error::AppError;

use crate::tests::support::{
    Backend, TestApp, asks,
    catalogue::{CAROL, DAVE, GINA},
    http::Browser,
    on_both, run,
    tokens::Made,
};

const PULL: &str = "repository:wso2-apim/am:pull";

on_both! {
    a_read_only_database_refuses_changes_and_heals,
    what_needs_no_write_is_answered_by_a_read_only_database_and_written_down_afterwards,
    what_needs_no_write_waits_for_no_writer,
}

#[test]
fn a_full_disk_refuses_changes_and_heals() {
    run(Backend::Sqlite, full);
}

#[test]
fn a_server_that_takes_no_connections_is_not_available() {
    run(Backend::Postgres, not_accepting);
}

/// As after a failover: open connections reject writes, even when new ones would accept them.
async fn a_read_only_database_refuses_changes_and_heals(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    make_read_only(&app).await;
    let carol = app.actor(CAROL).await;
    assert_eq!(app.generate(&carol, "ACME", "second").await.err(), Some(AppError::Unavailable));
    assert_eq!(app.ask(&token, &[PULL]).await.status, 200, "a right secret needs no change");
    assert_eq!(app.names(CAROL, "ACME").await, ["ci-main"]);
    make_writable(&app).await;
    heals(&app).await;
    app.pass(1);
    assert_eq!(app.browser().get("/readyz").await.status, 200);
    app.generate(&carol, "ACME", "second").await.expect("nothing is left of it");
}

/// Makes the database read-only, and checks on PostgreSQL that `/readyz` reports it.
async fn make_read_only(app: &TestApp) {
    if app.is_sqlite() {
        app.try_execute("PRAGMA query_only = ON").await.expect("a switch of the only writer");
    } else {
        on_server(app, "ALTER DATABASE {} SET default_transaction_read_only = on").await;
        end_connections(app).await;
        app.pass(1);
        let ready = app.browser().get("/readyz").await;
        assert_eq!(ready.status, 503);
        assert!(ready.body.contains("read-only"), "{}", ready.body);
    }
}

/// Makes the database writable again. Needed for PostgreSQL only: on SQLite the server opens a new connection.
async fn make_writable(app: &TestApp) {
    if !app.is_sqlite() {
        on_server(app, "ALTER DATABASE {} RESET default_transaction_read_only").await;
    }
}

/// Causes denials and checks their audit rows; holds every client that the denials need.
struct Refused<'k> {
    app: &'k TestApp,
    token: Made,
    publisher: (String, String),
    gina: Browser<'k>,
    carol: Browser<'k>,
}

/// The actions for which [`Refused::ask`] causes an audit row.
const DENIED: [&str; 7] = [
    "registry.access.denied",
    "registry.login.denied",
    "registry.throttled.denied",
    "sign_in.denied",
    "project.denied",
    "token.view.denied",
    "token.check.denied",
];

impl<'k> Refused<'k> {
    async fn new(app: &'k TestApp) -> Self {
        let token = app.token(CAROL, "ACME", "ci-main").await;
        app.token(DAVE, "ACME", "his").await;
        let publisher = app.publisher("release", "wso2-apim/*").await.expect("a publisher");
        Self { app, token, publisher, gina: app.signed_in(GINA).await, carol: app.signed_in(CAROL).await }
    }

    /// Sends the requests and checks every response.
    async fn ask(&self) {
        let Self { app, token, publisher, gina, carol } = self;
        let reply = app.ask(token, &[PULL, "repository:wso2-ob/obam:pull"]).await;
        assert_eq!(app.granted(&reply).await, "wso2-apim/am:pull");
        let reply = app.browser().ask(&publisher.0, &publisher.1, &["repository:wso2-is/is:push"]).await;
        assert_eq!(app.granted(&reply).await, "");
        for _ in 0..10 {
            assert_eq!(app.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 401);
        }
        assert_eq!(app.browser().ask(&token.row.login_name, "wrt_wrong", &[PULL]).await.status, 429);
        assert_eq!(app.browser().from([198, 51, 100, 7]).ask("acme.unknown", "wrt_wrong", &[]).await.status, 401);
        assert_eq!(app.browser().sign_in(CAROL, "a wrong password").await.status, 401);
        for path in ["registry-tokens", "registry-tokens.csv", "registry-tokens/events", "tokens/ci-main"] {
            assert_eq!(gina.get(&format!("/projects/ACME/{path}")).await.status, 404, "{path}");
        }
        assert_eq!(carol.get("/projects/ACME/tokens/his").await.status, 404);
        assert_eq!(asks::check_many("ACME", &["nothing"]).by(carol).await.status, 404);
        assert_eq!(carol.get("/projects/ACME/tokens/ci-main").await.status, 200);
    }

    /// Checks the audit rows.
    async fn are_written(&self) {
        self.app.next_window();
        for action in DENIED {
            assert!(!self.app.audit(action).await.is_empty(), "{action}");
        }
        assert_eq!(self.app.audit("registry.login.denied").await.len(), 11);
        assert_eq!(self.app.audit("registry.access.denied").await.len(), 2);
    }
}

async fn what_needs_no_write_is_answered_by_a_read_only_database_and_written_down_afterwards(app: TestApp) {
    let refused = Refused::new(&app).await;
    make_read_only(&app).await;
    refused.ask().await;
    assert!(!app.state.denials.flush().await, "the database takes no row");
    make_writable(&app).await;
    heals(&app).await;
    assert!(app.state.denials.flush().await, "what could not be written was kept");
    refused.are_written().await;
}

/// Another transaction holds the write lock, as a long import does.
async fn what_needs_no_write_waits_for_no_writer(app: TestApp) {
    let refused = Refused::new(&app).await;
    let mut writer = app.state.db.begin().await.expect("the only writer of SQLite");
    if !app.is_sqlite() {
        writer.execute("LOCK TABLE audit IN EXCLUSIVE MODE", &[]).await.expect("a lock");
    }
    tokio::time::timeout(std::time::Duration::from_secs(20), refused.ask()).await.expect("nothing waits for the writer");
    drop(writer);
    refused.are_written().await;
}

/// Waits until a change succeeds, for at most 10 seconds. The retries use the connections of the pool one after the other.
async fn heals(app: &TestApp) {
    let carol = app.actor(CAROL).await;
    let began = std::time::Instant::now();
    while let Err(error) = app.generate(&carol, "ACME", "after").await {
        assert_eq!(error, AppError::Unavailable);
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "it heals by itself");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn full(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    let carol = app.actor(CAROL).await;
    // The file may not grow, so SQLite returns SQLITE_FULL as on a full disk.
    app.try_execute("PRAGMA max_page_count = 1").await.expect("a limit of the only writer");
    let mut made = vec!["ci-main".to_owned()];
    let refusal = loop {
        let name = format!("token-{}", made.len());
        match app.generate(&carol, "ACME", &name).await {
            Ok(_) => made.push(name),
            Err(refusal) => break refusal,
        }
        assert!(made.len() < 500, "the file grows");
    };
    assert_eq!(refusal, AppError::Unavailable);
    assert_eq!(app.names(CAROL, "ACME").await.len(), made.len(), "nothing is half done");
    // The limit ended with the connection, so the small write of this check succeeds.
    let ready = app.browser().get("/readyz").await;
    assert!(ready.status == 503 && ready.body.contains("no space on its disk"), "{}", ready.body);
    assert_eq!(app.ask(&token, &[PULL]).await.status, 200);
    heals(&app).await;
    app.delete(&carol, "ACME", &token.row.id).await.expect("and the next");
}

async fn not_accepting(app: TestApp) {
    let token = app.token(CAROL, "ACME", "ci-main").await;
    on_server(&app, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").await;
    end_connections(&app).await;
    let refused = app.ask(&token, &[PULL]).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert_eq!(app.browser().get("/readyz").await.status, 503);
    on_server(&app, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS true").await;
    assert_eq!(app.ask(&token, &[PULL]).await.status, 200);
}

fn database(app: &TestApp) -> PgConnectOptions {
    PgConnectOptions::from_str(&app.state.config.database_url).expect("a server")
}

/// Runs a statement on the server; `{}` is replaced by the name of the test's database.
async fn on_server(app: &TestApp, sql: &str) {
    let database = database(app);
    let name = database.get_database().expect("a name").to_owned();
    let mut server = database.database("postgres").connect().await.expect("the server");
    server.execute(AssertSqlSafe(sql.replace("{}", &name))).await.expect("a statement");
}

/// Breaks all open connections, as a server that shuts down does.
async fn end_connections(app: &TestApp) {
    on_server(app, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'").await;
}
