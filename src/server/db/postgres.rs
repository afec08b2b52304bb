//! PostgreSQL, asked directly or through a pooler such as pgbouncer.
//!
//! A pooler in transaction mode gives each transaction any session of the server. What belongs to a session is then found by others, or
//! not found again: prepared statements, and locks that outlive a transaction. sqlx 0.9 names its statements alike on every connection
//! (`sqlx_s_1`), so a look-up could even run another's. Where connections are shared in that way, statements have no name, and
//! each is run in a transaction: sqlx prepares and runs it in two steps, which must meet the same session.

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

/// The most connections of a process.
pub const CONNECTIONS: u32 = 10;

/// What a connection to PostgreSQL is, in pgbouncer's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolMode {
    /// A session of its own, as without a pooler.
    Session,
    /// Another session of the server in each transaction.
    Transaction,
}

/// Opens a pool of connections to the server that a `postgres://…` names, and finds out what they are.
///
/// # Errors
/// One line that says what could not be opened, why, and of a pooler what to do.
pub async fn connect(url: &str, timeout: Duration, health: &Health) -> Result<(Pool<Postgres>, PoolMode), String> {
    let mut options = options(url)?;
    let place = format!("{}:{}", options.get_host(), options.get_port());
    let failed = |cause: sqlx::Error| format!("cannot reach PostgreSQL at {place}: {cause}{}", advice(&cause));
    // Two connections by themselves: a pool goes on trying, and then says only that it waited.
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
        // Of statements that it does not cache, sqlx closes none: those of migrations would stay.
        options = options.statement_cache_capacity(100);
    }
    let pool = without_reaper(PgPoolOptions::new())
        .max_connections(CONNECTIONS)
        .acquire_timeout(timeout)
        .before_acquire(usable(health))
        .connect_with(options)
        .await
        .map_err(failed)?;
    Ok((pool, mode))
}

fn options(url: &str) -> Result<PgConnectOptions, String> {
    let options = PgConnectOptions::from_str(url).map_err(|cause| format!("DATABASE_URL cannot be read: {cause}"))?;
    // Poolers refuse a parameter that they do not know, and no column of ours is a floating-point number.
    Ok(options.extra_float_digits(None))
}

/// Whether the address says that nothing may stay prepared.
fn is_asked_to_share(url: &str) -> bool {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let capacities = form_urlencoded::parse(parameters.as_bytes()).filter(|(name, _)| name == "statement-cache-capacity");
    // As sqlx reads it: the last one counts.
    capacities.last().is_some_and(|(_, capacity)| capacity.parse() == Ok(0_usize))
}

/// Opens two connections, and looks whether each has a session of its own all the time.
async fn detect_pool_mode(options: &PgConnectOptions, connections: &mut Vec<PgConnection>) -> Result<PoolMode, sqlx::Error> {
    connections.push(PgConnection::connect_with(options).await?);
    let first = session(&mut connections[0]).await?;
    connections.push(PgConnection::connect_with(options).await?);
    // The second one twice in a row: a pooler that gives its sessions out by turns would look as if there was none.
    let [second, again] = [session(&mut connections[1]).await?, session(&mut connections[1]).await?];
    let is_own = first == session(&mut connections[0]).await? && second == again && first != second;
    Ok(if is_own { PoolMode::Session } else { PoolMode::Transaction })
}

/// The server's process behind a connection, asked without a prepared statement.
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

/// What to do about a pooler's refusal, to stand behind it.
fn advice(cause: &sqlx::Error) -> &'static str {
    match cause {
        sqlx::Error::Database(cause) if cause.message().contains("unsupported startup parameter") => {
            " (a pooler refuses it: leave it out of DATABASE_URL and PGOPTIONS, or name it in pgbouncer's ignore_startup_parameters)"
        }
        _ => "",
    }
}

/// Ends the transaction of a single statement.
pub async fn commit<T>(transaction: Transaction<'static, Postgres>, outcome: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
    let outcome = outcome?;
    transaction.commit().await?;
    Ok(outcome)
}

/// Runs the migrations that are missing, all in one transaction.
///
/// # Errors
/// Why not. Nothing is changed then.
pub async fn migrate(pool: &Pool<Postgres>, mode: PoolMode, mut migrator: Migrator) -> Result<(), MigrateError> {
    let mut transaction = pool.begin().await?;
    // Of sqlx's own lock the end may reach another session than its beginning: this one ends with the transaction.
    sqlx::raw_sql("SELECT pg_advisory_xact_lock(7165216890148503)").execute(&mut *transaction).await?;
    if mode == PoolMode::Transaction {
        sqlx::raw_sql(FREE_NAMES).execute(&mut *transaction).await?;
    }
    let done = migrator.set_locking(false).run_direct(None, &mut *transaction, false).await;
    // sqlx prepares its own statements under a name.
    transaction.clear_cached_statements().await?;
    done?;
    Ok(transaction.commit().await?)
}

/// Names that sqlx gave on this session, for others or for a release before this one. A pooler that knows of prepared statements
/// uses names of its own.
const FREE_NAMES: &str = r"DO $$ DECLARE statement TEXT; BEGIN
    FOR statement IN SELECT name FROM pg_prepared_statements WHERE name LIKE 'sqlx\_s\_%' LOOP
        EXECUTE 'DEALLOCATE ' || quote_ident(statement);
    END LOOP;
END $$";

/// Why migrations failed, in one line.
pub fn migration_error(cause: MigrateError) -> String {
    match cause {
        MigrateError::Execute(cause) => StoreError::from(cause).to_string(),
        other => other.to_string(),
    }
}
