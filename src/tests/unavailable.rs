//! A database that takes no changes for a while: what works goes on, nothing is half done, and it heals by itself.

use std::str::FromStr;

use sqlx::{AssertSqlSafe, ConnectOptions, Executor, postgres::PgConnectOptions};

use crate::error::AppError;

use super::support::{Backend, Kit, catalogue::CAROL, on_both, run};

const PULL: &str = "repository:wso2-apim/am:pull";

on_both! {
    a_read_only_database_refuses_changes_and_heals,
}

#[test]
fn a_full_disk_refuses_changes_and_heals() {
    run(Backend::Sqlite, full);
}

#[test]
fn a_server_that_takes_no_connections_is_not_available() {
    run(Backend::Postgres, not_accepting);
}

/// As after a failover: connections that are open refuse changes, also when the next ones would not.
async fn a_read_only_database_refuses_changes_and_heals(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    if kit.is_sqlite() {
        kit.try_execute("PRAGMA query_only = ON").await.expect("a switch of the only writer");
    } else {
        on_server(&kit, "ALTER DATABASE {} SET default_transaction_read_only = on").await;
        end_connections(&kit).await;
        kit.pass(1);
        let ready = kit.browser().get("/readyz").await;
        assert_eq!(ready.status, 503);
        assert!(ready.body.contains("read-only"), "{}", ready.body);
    }
    let carol = kit.actor(CAROL).await;
    assert_eq!(kit.generate(&carol, "ACME", "second").await.err(), Some(AppError::Unavailable));
    assert_eq!(kit.ask(&token, &[PULL]).await.status, 200, "a right secret needs no change");
    assert_eq!(kit.names(CAROL, "ACME").await, ["ci-main"]);
    if !kit.is_sqlite() {
        on_server(&kit, "ALTER DATABASE {} RESET default_transaction_read_only").await;
    }
    heals(&kit).await;
    kit.pass(1);
    assert_eq!(kit.browser().get("/readyz").await.status, 200);
    kit.generate(&carol, "ACME", "second").await.expect("nothing is left of it");
}

/// Waits until a change works, some seconds at most. Every connection is asked for then, one after the other.
async fn heals(kit: &Kit) {
    let carol = kit.actor(CAROL).await;
    let began = std::time::Instant::now();
    while let Err(error) = kit.generate(&carol, "ACME", "after").await {
        assert_eq!(error, AppError::Unavailable);
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "it heals by itself");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn full(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    let carol = kit.actor(CAROL).await;
    // SQLite answers SQLITE_FULL as it does where the disk has no more: the file may not grow.
    kit.try_execute("PRAGMA max_page_count = 1").await.expect("a limit of the only writer");
    let mut made = vec!["ci-main".to_owned()];
    let refusal = loop {
        let name = format!("token-{}", made.len());
        match kit.generate(&carol, "ACME", &name).await {
            Ok(_) => made.push(name),
            Err(refusal) => break refusal,
        }
        assert!(made.len() < 500, "the file grows");
    };
    assert_eq!(refusal, AppError::Unavailable);
    assert_eq!(kit.names(CAROL, "ACME").await.len(), made.len(), "nothing is half done");
    assert_eq!(kit.ask(&token, &[PULL]).await.status, 200);
    heals(&kit).await;
    kit.delete(&carol, "ACME", &token.row.id).await.expect("and the next");
}

async fn not_accepting(kit: Kit) {
    let token = kit.token(CAROL, "ACME", "ci-main").await;
    on_server(&kit, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").await;
    end_connections(&kit).await;
    let refused = kit.ask(&token, &[PULL]).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert_eq!(kit.browser().get("/readyz").await.status, 503);
    on_server(&kit, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS true").await;
    assert_eq!(kit.ask(&token, &[PULL]).await.status, 200);
}

fn database(kit: &Kit) -> PgConnectOptions {
    PgConnectOptions::from_str(&kit.state.config.database_url).expect("a server")
}

/// Runs a statement on the server; `{}` stands for the test's database.
async fn on_server(kit: &Kit, sql: &str) {
    let database = database(kit);
    let name = database.get_database().expect("a name").to_owned();
    let mut server = database.database("postgres").connect().await.expect("the server");
    server.execute(AssertSqlSafe(sql.replace("{}", &name))).await.expect("a statement");
}

/// As a server does that goes down: what is open breaks.
async fn end_connections(kit: &Kit) {
    on_server(kit, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'").await;
}
