//! The folder and the database of a test's portal; both are removed when the test ends.

use std::{future::Future, path::PathBuf, str::FromStr};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, postgres::PgConnectOptions};
use tokio::{
    runtime::{Builder, Runtime},
    sync::Semaphore,
};

use super::TestApp;

/// Turns each function into one test on SQLite and one on PostgreSQL, so that a failure names the database.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { crate::tests::support::run(crate::tests::support::Backend::Sqlite, super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() { crate::tests::support::run(crate::tests::support::Backend::Postgres, super::$name); })+
        }
    };
}
pub(in crate::tests) use on_both;

/// The environment variable with the URL of the PostgreSQL server on which tests create their databases.
const POSTGRES: &str = "TEST_POSTGRES_URL";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Limits the number of concurrent tests on machines with many cores: PostgreSQL allows 100 connections by default.
static PERMITS: Semaphore = Semaphore::const_new(12);

/// Runs a test on a fresh portal with the test catalogue in it.
pub fn run<F: Future<Output = ()>>(backend: Backend, body: impl FnOnce(TestApp) -> F) {
    // Locals are dropped in reverse order: the runtime with its connections first, then the database.
    let _permit = runtime().block_on(PERMITS.acquire()).expect("a turn");
    let place = Place::new(backend);
    let runtime = runtime();
    runtime.block_on(async { body(TestApp::open(&place).await).await });
}

/// The folder and the database of one test.
pub struct Place {
    pub folder: PathBuf,
    pub database_url: String,
    /// The server and the name of the database on it.
    postgres: Option<(PgConnectOptions, String)>,
}

impl Place {
    fn new(backend: Backend) -> Self {
        let name = format!("registry_tokens_test_{:016x}", crate::server::random::Random::System.number());
        let folder = std::env::temp_dir().join(&name);
        let (database_url, postgres) = match backend {
            Backend::Sqlite => (format!("sqlite:{}", folder.join("data/registry-tokens.sqlite").display()), None),
            Backend::Postgres => {
                let server = server();
                execute(&server, format!("CREATE DATABASE {name}"))
                    .unwrap_or_else(|cause| panic!("cannot make a database on the server that {POSTGRES} names: {cause}"));
                (server.clone().database(&name).to_url_lossy().to_string(), Some((server, name)))
            }
        };
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Self { folder, database_url, postgres }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let dropped = self.postgres.as_ref().map_or(Ok(()), |(server, name)| {
            let sql = format!("DROP DATABASE {name} WITH (FORCE)");
            execute(server, sql).map_err(|cause| cause.to_string())
        });
        let removed = std::fs::remove_dir_all(&self.folder).map_err(|cause| cause.to_string());
        // If the test has already failed, do not hide its error with a second one.
        if !std::thread::panicking() {
            dropped.and(removed).expect("what a test made can be removed");
        }
    }
}

/// The PostgreSQL server. Without one the tests fail, because skipping half of them would look like success.
fn server() -> PgConnectOptions {
    let url = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES} is not set: name a server where tests may make databases, such as \
             postgres://postgres@127.0.0.1:5432/postgres"
        )
    });
    PgConnectOptions::from_str(&url).unwrap_or_else(|cause| panic!("{POSTGRES} cannot be read: {cause}"))
}

fn execute(server: &PgConnectOptions, sql: String) -> Result<(), sqlx::Error> {
    runtime().block_on(async {
        let mut connection = server.connect().await?;
        connection.execute(AssertSqlSafe(sql)).await?;
        connection.close().await
    })
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}
