//! PostgreSQL behind a connection pooler: session state may be lost, or belong to another client, in the next transaction.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use futures_util::future::join_all;
use sqlx::{Row, migrate::Migrator, postgres::PgPoolOptions};

use crate::server::db::{
    Database, StoreError,
    database_url::DatabaseUrl,
    error::Unavailable,
    postgres::{self, PoolMode},
};

use crate::tests::support::{Backend, TestApp, catalogue::CAROL, pgbouncer::Pgbouncer, run};

const PULL: &str = "repository:wso2-apim/am:pull";
const AT_ONCE: usize = 12;
/// Counts the advisory locks of this database, which can outlive a transaction.
const ADVISORY: &str = "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                        WHERE locktype = 'advisory' AND datname = current_database()";

#[test]
fn it_works_behind_pgbouncer_in_both_modes() {
    run(Backend::Postgres, behind_pgbouncer);
}

#[test]
fn an_address_can_ask_that_nothing_stays_prepared() {
    run(Backend::Postgres, nothing_stays_prepared);
}

#[test]
fn migrations_hold_nothing_of_a_session() {
    run(Backend::Postgres, migrations_hold_nothing);
}

#[test]
fn mixed_up_statements_are_told_in_words() {
    run(Backend::Postgres, mixed_up_statements);
}

async fn behind_pgbouncer(mut app: TestApp) {
    let direct = app.state.config.database_url.clone();
    for (mode, pool_size, more) in
        [("transaction", 3, ""), ("transaction", 1, ""), ("transaction", 4, "server_round_robin = 1"), ("session", 10, "")]
    {
        let Some(pooler) = Pgbouncer::start(&app, pool_size, more) else {
            // Not with `eprintln!`: the test harness shows its output only for failed tests.
            let _ = writeln!(std::io::stderr(), "SKIPPED: pgbouncer is not installed, so nothing was tried behind it");
            return;
        };
        // The migrations run through the pooler too.
        for sql in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
            app.try_execute(sql).await.expect(sql);
        }
        app = app.with(|config| config.database_url = pooler.url(mode).into()).await;
        app.reimport_catalogue(|_| {}).await;
        work(&app).await;
        app = app.with(|config| config.database_url = direct.clone()).await;
        assert_eq!(app.number(ADVISORY, &[]).await, 0, "{mode}");
    }
    let Some(pooler) = Pgbouncer::start(&app, 1, "") else { return };
    let error = Database::connect(&pooler.url("session")).await.expect_err("one connection only");
    assert!(error.contains("default_pool_size") && !error.contains('\n'), "{error}");
}

/// Runs changes, reads and pulls concurrently, and checks that each gets its own response.
async fn work(app: &TestApp) {
    let carol = app.actor(CAROL).await;
    let names: Vec<String> = (0..AT_ONCE).map(|n| format!("token-{n}")).collect();
    let made = join_all(names.iter().map(|name| app.generate(&carol, "ACME", name))).await;
    let made: Vec<_> = made.into_iter().map(|revealed| revealed.expect("a token")).collect();
    for _ in 0..3 {
        let pulls = join_all(made.iter().map(|token| async {
            let wrong = app.browser().ask(&token.login_name, "wrong", &[PULL]).await.status;
            let right = app.browser().ask(&token.login_name, &token.secret, &[PULL]).await;
            let names = app.names(CAROL, "ACME").await.len();
            (wrong, right.status, names)
        }));
        for pull in pulls.await {
            assert_eq!(pull, (401, 200, AT_ONCE));
        }
    }
    assert_eq!(app.browser().get("/readyz").await.status, 200);
}

async fn nothing_stays_prepared(mut app: TestApp) {
    let prepared = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'sqlx%'";
    assert!(!is_in_transaction(&app).await, "a session of its own needs none");
    assert!(app.number(prepared, &[]).await > 0, "and keeps what is prepared");
    for parameters in ["statement-cache-capacity=0", "application_name=portal&statement-cache-capacity=00"] {
        app = app.with(|config| add(&mut config.database_url, parameters)).await;
        let token = app.token(CAROL, "ACME", if parameters.len() > 30 { "second" } else { "first" }).await;
        let pulls = join_all((0..AT_ONCE).map(|_| app.ask(&token, &[PULL]))).await;
        assert!(pulls.iter().all(|pull| pull.status == 200));
        let counts = join_all((0..AT_ONCE).map(|_| app.number(prepared, &[]))).await;
        assert_eq!(counts, [0; AT_ONCE], "{parameters}");
        assert!(is_in_transaction(&app).await, "{parameters}");
    }
}

/// Whether a single statement runs in a transaction: SAVEPOINT fails outside one.
async fn is_in_transaction(app: &TestApp) -> bool {
    app.state.db.reader().execute_unaudited("SAVEPOINT here", &[]).await.is_ok()
}

/// Adds parameters to a URL; of two with the same name, the last one applies.
fn add(url: &mut DatabaseUrl, parameters: &str) {
    let mark = if url.contains('?') { '&' } else { '?' };
    *url = format!("{}{mark}{parameters}", &**url).into();
}

/// Prepared statements that an earlier release left on a pooler's sessions do not break migrations.
async fn migrations_hold_nothing(app: TestApp) {
    let pool = PgPoolOptions::new().max_connections(1).connect(&app.state.config.database_url).await.expect("a connection");
    for sql in ["PREPARE sqlx_s_1 AS SELECT 1", "PREPARE sqlx_s_2 AS SELECT 'two'", "PREPARE others AS SELECT 3"] {
        sqlx::raw_sql(sql).execute(&pool).await.expect(sql);
    }
    for _ in 0..2 {
        let mut migrator = Migrator::with_migrations(Vec::new());
        migrator.set_ignore_missing(true);
        postgres::migrate(&pool, PoolMode::Transaction, migrator).await.expect("the names are free");
        let rows = sqlx::raw_sql("SELECT name FROM pg_prepared_statements").fetch_all(&pool).await.expect("names");
        let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(names, ["others"], "what sqlx prepares for migrations is gone as well");
        assert_eq!(app.number(ADVISORY, &[]).await, 0);
    }
    pool.close().await;
}

async fn mixed_up_statements(app: TestApp) {
    for (once, twice) in [("PREPARE taken AS SELECT 1", "PREPARE taken AS SELECT 2"), ("SELECT 1", "DEALLOCATE missing")] {
        let mut conn = app.state.db.begin().await.expect("a transaction");
        conn.execute(once, &[]).await.expect(once);
        let error = conn.execute(twice, &[]).await.expect_err(twice);
        assert!(matches!(error, StoreError::Unavailable(Unavailable::SharedSessions, _)), "{error:?}");
        assert!(error.to_string().contains("pooler") && !error.to_string().contains('\n'), "{error}");
    }
}

#[tokio::test]
async fn a_refused_start_says_what_to_do() {
    for (code, message, said) in [
        ("08P01", "unsupported startup parameter: options", "ignore_startup_parameters"),
        ("08P01", "unsupported startup parameter in options: search_path", "ignore_startup_parameters"),
        ("3D000", "no such database: tokens", "no such database: tokens"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url =
            format!("postgres://portal@{}/tokens?options=-c%20search_path%3Dtokens", listener.local_addr().expect("an address"));
        let server = std::thread::spawn(move || refuse(listener.accept().expect("a client").0, code, message));
        let error = Database::connect(&url).await.expect_err(message);
        assert!(error.contains(said) && error.contains(message) && !error.contains('\n'), "{error}");
        assert_eq!(error.contains("ignore_startup_parameters"), code == "08P01", "{error}");
        let startup = server.join().expect("a startup message");
        assert!(startup.contains("search_path") && !startup.contains("extra_float_digits"), "{startup:?}");
    }
}

/// Rejects a client's startup message as a pooler does; returns what the client sent.
fn refuse(mut client: TcpStream, code: &str, message: &str) -> String {
    let mut read = || {
        let mut length = [0; 4];
        client.read_exact(&mut length).expect("a length");
        let mut body = vec![0; u32::from_be_bytes(length) as usize - 4];
        client.read_exact(&mut body).expect("a message");
        if body.len() == 4 {
            // An SSLRequest.
            client.write_all(b"N").expect("an answer");
        }
        body
    };
    let mut startup = read();
    if startup.len() == 4 {
        startup = read();
    }
    let fields = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
    let length = u32::try_from(fields.len() + 4).expect("short").to_be_bytes();
    client.write_all(&[&b"E"[..], &length, fields.as_bytes()].concat()).expect("an answer");
    String::from_utf8_lossy(&startup).into_owned()
}
