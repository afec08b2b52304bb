//! Connection pools for both databases, and statements on them.

use std::time::Duration;

use sqlx::{
    FromRow, Pool, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};

use super::{
    StoreError,
    database_url::SqliteUrl,
    direct::DirectReader,
    health::{Health, usable, without_reaper},
    postgres::{self, PoolMode},
    value::bind,
};

pub use super::value::Value;

/// How long a request waits for a connection or a write lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A database with the health of its connections.
#[derive(Clone, Debug)]
pub struct Database {
    pub pools: Pools,
    pub(super) health: Health,
    pub(super) mode: PoolMode,
}

/// The connection pools of one of the two databases.
#[derive(Clone, Debug)]
pub enum Pools {
    Sqlite {
        readers: Pool<Sqlite>,
        /// One connection: SQLite allows one writer at a time, and the pool's queue is fairer than SQLite's busy timeout.
        writer: Pool<Sqlite>,
        direct: DirectReader,
    },
    Postgres(Pool<Postgres>),
}

/// Runs statements: each by itself, or all in one transaction.
#[derive(Debug)]
pub struct Conn {
    executor: Executor,
    health: Health,
    /// Whether statements are prepared under a name and cached.
    keeps_statements: bool,
}

#[derive(Debug)]
enum Executor {
    Sqlite(Pool<Sqlite>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    Postgres(Pool<Postgres>),
    /// Each statement in a transaction of its own: see [`PoolMode::Transaction`].
    PostgresShared(Pool<Postgres>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

/// A row type that can be read from both databases; derive it with `#[derive(sqlx::FromRow)]`.
pub trait Row: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}
impl<T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>> Row for T {}

/// Runs one sqlx call on the executor of a [`Conn`], and records its failure in the health.
macro_rules! on {
    ($conn:expr, $values:expr, |$executor:ident, $arguments:ident| $call:expr) => {{
        let outcome = match &mut $conn.executor {
            Executor::Sqlite(pool) => {
                let ($executor, $arguments) = (&*pool, bind::<SqliteArguments>($values)?);
                $call.await.map(Into::into)
            }
            Executor::SqliteTransaction(transaction) => {
                let ($executor, $arguments) = (&mut **transaction, bind::<SqliteArguments>($values)?);
                $call.await.map(Into::into)
            }
            Executor::Postgres(pool) => {
                let ($executor, $arguments) = (&*pool, bind::<PgArguments>($values)?);
                $call.await.map(Into::into)
            }
            Executor::PostgresShared(pool) => {
                let $arguments = bind::<PgArguments>($values)?;
                match pool.begin().await {
                    Ok(mut transaction) => {
                        let $executor = &mut *transaction;
                        let outcome = $call.await.map(Into::into);
                        postgres::commit(transaction, outcome).await
                    }
                    Err(cause) => Err(cause),
                }
            }
            Executor::PostgresTransaction(transaction) => {
                let ($executor, $arguments) = (&mut **transaction, bind::<PgArguments>($values)?);
                $call.await.map(Into::into)
            }
        };
        outcome.map_err(|cause| $conn.health.note(cause))
    }};
}

/// Number of affected rows.
struct Touched(u64);

impl From<sqlx::sqlite::SqliteQueryResult> for Touched {
    fn from(result: sqlx::sqlite::SqliteQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Touched {
    fn from(result: sqlx::postgres::PgQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

impl Conn {
    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.executor, Executor::Sqlite(_) | Executor::SqliteTransaction(_))
    }

    /// Executes a write. Returns the number of affected rows.
    pub(super) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let keep = self.keeps_statements;
        self.change(sql.into_sql_str(), values, keep).await
    }

    pub(super) async fn change(&mut self, sql: SqlStr, values: &[Value<'_>], keep: bool) -> Result<u64, StoreError> {
        let touched: Result<Touched, _> =
            on!(self, values, |executor, arguments| sqlx::query_with(sql, arguments).persistent(keep).execute(executor));
        touched.map(|Touched(rows)| rows)
    }

    /// All rows of a query.
    pub async fn all<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<T>, StoreError> {
        let keep = self.keeps_statements;
        self.fetch_all(sql.into_sql_str(), values, keep).await
    }

    pub(super) async fn fetch_all<T: Row>(
        &mut self,
        sql: SqlStr,
        values: &[Value<'_>],
        keep: bool,
    ) -> Result<Vec<T>, StoreError> {
        on!(self, values, |executor, arguments| sqlx::query_as_with(sql, arguments).persistent(keep).fetch_all(executor))
    }

    /// The first row of a query, if it has one.
    pub async fn optional<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<T>, StoreError> {
        let keep = self.keeps_statements;
        on!(self, values, |executor, arguments| sqlx::query_as_with(sql, arguments).persistent(keep).fetch_optional(executor))
    }

    /// Commits the transaction. Dropping it without a commit rolls it back.
    ///
    /// # Errors
    /// [`StoreError::Unconfirmed`] if the connection ended during the commit.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        let done = match self.executor {
            Executor::SqliteTransaction(transaction) => transaction.commit().await,
            Executor::PostgresTransaction(transaction) => transaction.commit().await,
            Executor::Sqlite(_) | Executor::Postgres(_) | Executor::PostgresShared(_) => Ok(()),
        };
        done.map(|()| self.health.note_success()).map_err(|cause| self.health.note(cause).of_commit())
    }
}

impl Database {
    /// Opens the database of `DATABASE_URL`: `sqlite:PATH`, created with its folder if missing, or `postgres://…`.
    ///
    /// # Errors
    /// One line that says what could not be opened and why.
    pub async fn connect(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Self::connect_sqlite(&SqliteUrl::parse(path).map_err(|wrong| format!("DATABASE_URL: {url:?} {wrong}"))?).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::connect_postgres(url).await
        } else {
            Err("DATABASE_URL must start with sqlite: or postgres://".to_owned())
        }
    }

    async fn connect_sqlite(SqliteUrl { path, create }: &SqliteUrl) -> Result<Self, String> {
        let failed = |cause: &dyn std::fmt::Display| format!("cannot open the SQLite database {}: {cause}", path.display());
        if let Some(folder) = path.parent().filter(|folder| *create && !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|cause| failed(&cause))?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(*create)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a deleted token stays deleted after a power failure. With WAL this costs one sync per commit.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let health = Health::default();
        let writer = without_reaper(SqlitePoolOptions::new())
            .max_connections(1)
            .acquire_timeout(BUSY_TIMEOUT)
            // A file does not disconnect like a server, and a ping would cost as much as the query.
            .test_before_acquire(false)
            .before_acquire(usable(&health))
            .connect_with(options.clone())
            .await
            .map_err(|cause| failed(&cause))?;
        let readers = without_reaper(SqlitePoolOptions::new())
            .max_connections(4)
            .acquire_timeout(BUSY_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(usable(&health))
            .connect_with(options)
            .await
            .map_err(|cause| failed(&cause))?;
        Ok(Self { pools: Pools::Sqlite { readers, writer, direct: DirectReader::new(path) }, health, mode: PoolMode::Session })
    }

    async fn connect_postgres(url: &str) -> Result<Self, String> {
        let health = Health::default();
        let (pool, mode) = postgres::connect(url, BUSY_TIMEOUT, &health).await?;
        Ok(Self { pools: Pools::Postgres(pool), health, mode })
    }

    /// A connection that runs each statement by itself.
    pub fn reader(&self) -> Conn {
        let executor = match &self.pools {
            Pools::Sqlite { readers, .. } => Executor::Sqlite(readers.clone()),
            Pools::Postgres(pool) if self.mode == PoolMode::Transaction => Executor::PostgresShared(pool.clone()),
            Pools::Postgres(pool) => Executor::Postgres(pool.clone()),
        };
        self.conn(executor)
    }

    /// Starts a transaction. SQLite takes its write lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and
    /// writes later could fail with SQLITE_BUSY.
    pub(super) async fn transaction(&self) -> Result<Conn, StoreError> {
        let begun = match &self.pools {
            Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Executor::SqliteTransaction),
            Pools::Postgres(pool) => pool.begin().await.map(Executor::PostgresTransaction),
        };
        begun.map(|executor| self.conn(executor)).map_err(|cause| self.health.note(cause))
    }

    fn conn(&self, executor: Executor) -> Conn {
        Conn { executor, health: self.health.clone(), keeps_statements: self.mode == PoolMode::Session }
    }

    /// Closes all connections; SQLite then merges its write-ahead log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { readers, writer, direct } => {
                direct.close();
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
