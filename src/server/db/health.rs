//! Decides which open connections may be used: not those that were open when the database failed in a way that may affect all
//! of them.
//!
//! sqlx 0.9 keeps such connections in its pool. After SQLITE_FULL, SQLite ends the transaction by itself. sqlx's ROLLBACK
//! then fails, its count of open transactions stays above zero, and every `BEGIN` on the only writer fails until a restart. A
//! PostgreSQL connection to a server that became a standby still works, but refuses every write. Details:
//! docs/decisions/0006.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::future::BoxFuture;
use sqlx::{
    Database,
    pool::{PoolConnectionMetadata, PoolOptions},
};

use super::{StoreError, error::Unavailable};

/// Maximum age of a connection.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);

/// Maximum age of a connection after a failure, until a write succeeds again: it may be connected to a standby.
const RECHECK: Duration = Duration::from_secs(1);

/// The time of the database's last failure. Shared by all its connections.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<Mutex<Option<Failure>>>);

#[derive(Clone, Copy, Debug)]
struct Failure {
    at: Instant,
    /// Whether a write has succeeded since then.
    is_over: bool,
    is_disk_full: bool,
}

impl Health {
    /// Converts an error, and records it if it may have broken the open connections.
    pub fn note(&self, error: sqlx::Error) -> StoreError {
        let error = StoreError::from(error);
        let spoils = match &error {
            StoreError::Unavailable(why, _) => why.spoils_connections(),
            // For example a damaged file.
            StoreError::Other(sqlx::Error::Database(cause)) => cause.code().is_some_and(|code| is_damage(&code)),
            StoreError::Other(_) | StoreError::Conflict(_) | StoreError::Unconfirmed(_) => false,
        };
        if spoils {
            let is_disk_full = matches!(error, StoreError::Unavailable(Unavailable::DiskFull, _));
            *self.lock() = Some(Failure { at: Instant::now(), is_over: false, is_disk_full });
        }
        error
    }

    /// Records a successful write.
    pub fn note_success(&self) {
        if let Some(failure) = &mut *self.lock() {
            failure.is_over = true;
        }
    }

    /// Whether a connection of this age may be used: it is newer than the last failure and, until a write succeeds again, younger
    /// than `RECHECK`.
    pub fn is_usable(&self, age: Duration) -> bool {
        self.lock().is_none_or(|failure| age < failure.at.elapsed() && (failure.is_over || age < RECHECK))
    }

    /// Whether the last failure was a full disk, within this time. A small write may succeed all the same: SQLite writes it to space
    /// that its write-ahead log has already.
    pub fn was_disk_full(&self, within: Duration) -> bool {
        self.lock().is_some_and(|failure| failure.is_disk_full && failure.at.elapsed() < within)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Failure>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Disables sqlx's background task that closes old and idle connections. In sqlx 0.9.0 it may loop from 2^64 down without a
/// pause (sqlx issue 3645): one thread at 100 % CPU, and a process that never ends. [`usable`] checks the age instead.
pub fn without_reaper<DB: Database>(options: PoolOptions<DB>) -> PoolOptions<DB> {
    options.max_lifetime(None).idle_timeout(None)
}

/// The pool's `before_acquire` check: whether a connection is young enough, and newer than the last failure.
pub fn usable<C>(
    health: &Health,
) -> impl for<'c> Fn(&'c mut C, PoolConnectionMetadata) -> BoxFuture<'c, Result<bool, sqlx::Error>> + Send + Sync + 'static {
    let health = health.clone();
    move |_, connection| {
        let is_usable = connection.age < MAX_AGE && health.is_usable(connection.age);
        Box::pin(async move { Ok(is_usable) })
    }
}

/// SQLITE_CORRUPT and SQLITE_NOTADB with their extended codes; XX001 and XX002 in PostgreSQL.
fn is_damage(code: &str) -> bool {
    matches!(code, "XX001" | "XX002") || code.parse::<i32>().is_ok_and(|number| matches!(number & 0xff, 11 | 26))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::postgres::PgPoolOptions;

    use super::{Health, without_reaper};

    #[test]
    fn only_connections_opened_before_a_failure_are_given_up() {
        let health = Health::default();
        assert!(health.is_usable(Duration::from_secs(60)), "nothing has failed");
        let _ = health.note(sqlx::Error::PoolTimedOut);
        assert!(health.is_usable(Duration::from_secs(60)), "a busy database spoils none");
        let _ = health.note(sqlx::Error::WorkerCrashed);
        assert!(!health.is_usable(Duration::from_secs(60)));
        std::thread::sleep(Duration::from_millis(5));
        assert!(health.is_usable(Duration::from_millis(1)), "opened since");
        health.note_success();
        assert!(!health.is_usable(Duration::from_secs(60)), "what was open then is not used again");
    }

    #[test]
    fn sqlx_has_no_task_that_could_run_for_ever() {
        let options = without_reaper(PgPoolOptions::new());
        assert_eq!((options.get_max_lifetime(), options.get_idle_timeout()), (None, None));
    }
}
