//! PostgreSQL, directly or through a pooler such as pgbouncer.
//!
//! A pooler in transaction mode gives each transaction any session of the server. State of a session (prepared statements,
//! and locks that outlive a transaction) is then visible to other clients, or lost. sqlx 0.9 uses the same statement names on
//! every connection (`sqlx_s_1`), so a query could even run another client's statement. With such a pooler, statements have
//! no name, and each runs in a transaction: sqlx prepares and executes in two steps, which must use the same session.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection, PgConnection, Pool, Postgres, Row, Transaction,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    StoreError,
    health::{Health, usable, without_reaper},
};

/// Maximum number of connections of a process.
pub const CONNECTIONS: u32 = 10;

/// How connections map to server sessions, in pgbouncer's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolMode {
    /// Each connection has its own session, as without a pooler.
    Session,
    /// Each transaction may get another session of the server.
    Transaction,
}

/// Opens a connection pool for a `postgres://…` URL, and detects its mode.
///
/// # Errors
/// One line with what could not be opened, the cause, and advice about poolers.
pub async fn connect(url: &str, timeout: Duration, health: &Health) -> Result<(Pool<Postgres>, PoolMode), String> {
    let mut options = options(url)?;
    let place = format!("{}:{}", options.get_host(), options.get_port());
    let failed = |cause: sqlx::Error| format!("cannot reach PostgreSQL at {place}: {cause}{}", advice(&cause));
    // Detect with two connections without a pool: a pool keeps retrying, and reports only a timeout.
    let mut connections = Vec::new();
    let mode = match tokio::time::timeout(timeout, detect_pool_mode(&options, &mut connections)).await {
        Ok(found) => found.map_err(failed)?,
        Err(_) => return Err(format!("cannot reach PostgreSQL at {place}: {}", no_answer(timeout, connections.len()))),
    };
    for connection in connections {
        connection.close().await.map_err(failed)?;
    }
    let mode = if is_asked_to_share(url) { PoolMode::Transaction } else { mode };
    if mode == PoolMode::Transaction {
        tracing::info!(pool_mode = "transaction", "database.pooled");
        // sqlx never closes statements that it does not cache: those of migrations would stay.
        options = options.statement_cache_capacity(100);
    }
    let pool = without_reaper(PgPoolOptions::new())
        .max_connections(CONNECTIONS)
        .acquire_timeout(timeout)
        .before_acquire(usable(health))
        .connect_with(options)
        .await
        .map_err(failed)?;
    let encoding = sqlx::raw_sql("SHOW server_encoding").fetch_one(&pool).await.and_then(|row| row.try_get::<String, _>(0));
    match encoding.map_err(failed)?.as_str() {
        "UTF8" => Ok((pool, mode)),
        other => Err(format!("the PostgreSQL database at {place} has the encoding {other}: create it with the encoding UTF8")),
    }
}

fn options(url: &str) -> Result<PgConnectOptions, String> {
    let options = PgConnectOptions::from_str(url).map_err(|cause| format!("DATABASE_URL cannot be read: {cause}"))?;
    // Poolers refuse unknown startup parameters, and no column here is a floating-point number.
    Ok(options.extra_float_digits(None))
}

/// Whether the URL sets `statement-cache-capacity=0`: no statement may stay prepared.
fn is_asked_to_share(url: &str) -> bool {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let capacities = form_urlencoded::parse(parameters.as_bytes()).filter(|(name, _)| name == "statement-cache-capacity");
    // Like sqlx: the last one counts.
    capacities.last().is_some_and(|(_, capacity)| capacity.parse() == Ok(0_usize))
}

/// Opens two connections and checks whether each keeps its own session.
async fn detect_pool_mode(options: &PgConnectOptions, connections: &mut Vec<PgConnection>) -> Result<PoolMode, sqlx::Error> {
    connections.push(PgConnection::connect_with(options).await?);
    let first = session(&mut connections[0]).await?;
    connections.push(PgConnection::connect_with(options).await?);
    // Check the second one twice in a row: a pooler that assigns sessions in turn would otherwise look like session mode.
    let [second, again] = [session(&mut connections[1]).await?, session(&mut connections[1]).await?];
    let is_own = first == session(&mut connections[0]).await? && second == again && first != second;
    Ok(if is_own { PoolMode::Session } else { PoolMode::Transaction })
}

/// The server process id of a connection, queried without a prepared statement.
async fn session(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}

fn no_answer(timeout: Duration, answered: usize) -> String {
    let seconds = timeout.as_secs();
    match answered {
        0 => format!("no answer within {seconds} seconds"),
        _ => format!(
            "no second connection within {seconds} seconds: a pooler in session mode needs a pool of {CONNECTIONS} for each instance \
             (pgbouncer: default_pool_size), or set pool_mode = transaction"
        ),
    }
}

/// Advice about a pooler's refusal, to follow the error.
fn advice(cause: &sqlx::Error) -> &'static str {
    match cause {
        sqlx::Error::Database(cause) if cause.message().contains("unsupported startup parameter") => {
            " (a pooler refuses it: leave it out of DATABASE_URL and PGOPTIONS, or name it in pgbouncer's ignore_startup_parameters)"
        }
        _ => "",
    }
}

/// Commits the transaction of a single statement if it succeeded.
pub async fn commit<T>(transaction: Transaction<'static, Postgres>, outcome: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
    let outcome = outcome?;
    transaction.commit().await?;
    Ok(outcome)
}

/// Runs all pending migrations in one transaction.
///
/// # Errors
/// The cause. Nothing was changed then.
pub async fn migrate(pool: &Pool<Postgres>, mode: PoolMode, mut migrator: Migrator) -> Result<(), MigrateError> {
    let mut transaction = pool.begin().await?;
    // sqlx's own lock may be released on another session than it was taken on. This lock ends with the transaction.
    sqlx::raw_sql("SELECT pg_advisory_xact_lock(7165216890148503)").execute(&mut *transaction).await?;
    if mode == PoolMode::Transaction {
        sqlx::raw_sql(FREE_NAMES).execute(&mut *transaction).await?;
    }
    let done = migrator.set_locking(false).run_direct(None, &mut *transaction, false).await;
    // sqlx prepares its own statements under names.
    transaction.clear_cached_statements().await?;
    done?;
    Ok(transaction.commit().await?)
}

/// Frees sqlx's statement names on this session, from other clients or an earlier release. A pooler that supports prepared
/// statements uses other names.
const FREE_NAMES: &str = r"DO $$ DECLARE statement TEXT; BEGIN
    FOR statement IN SELECT name FROM pg_prepared_statements WHERE name LIKE 'sqlx\_s\_%' LOOP
        EXECUTE 'DEALLOCATE ' || quote_ident(statement);
    END LOOP;
END $$";

/// Formats a migration error as one line.
pub fn migration_error(cause: MigrateError) -> String {
    match cause {
        MigrateError::Execute(cause) => StoreError::from(cause).to_string(),
        other => other.to_string(),
    }
}
