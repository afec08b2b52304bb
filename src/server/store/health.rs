//! Which open connections may be used: not those that were open when the database failed in a way they may all share.
//!
//! sqlx 0.9 keeps such connections in its pool. After SQLITE_FULL SQLite has ended the transaction by itself; sqlx's ROLLBACK then fails,
//! its count of open transactions stays above zero, and every `BEGIN` on the only writer is refused until a restart. A PostgreSQL
//! connection to a server that became a standby works, and refuses every change. docs/decisions/0006 has the details.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::StoreError;

/// When the database failed last. Shared by all connections of a database.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<Mutex<Option<Instant>>>);

impl Health {
    /// Notes a failure that may have spoiled the connections that are open now.
    pub fn note(&self, error: sqlx::Error) -> StoreError {
        let error = StoreError::from(error);
        let spoils = match &error {
            StoreError::Unavailable(why, _) => why.spoils_connections(),
            // Such as a file that is damaged.
            StoreError::Other(sqlx::Error::Database(cause)) => cause.code().is_some_and(|code| is_damage(&code)),
            StoreError::Other(_) | StoreError::Conflict(_) => false,
        };
        if spoils {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        error
    }

    /// Whether a connection that was opened so long ago is newer than the last failure.
    pub fn is_usable(&self, age: Duration) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|failed| age < failed.elapsed())
    }
}

/// SQLITE_CORRUPT and SQLITE_NOTADB with their extended codes; XX001 and XX002 of PostgreSQL.
fn is_damage(code: &str) -> bool {
    matches!(code, "XX001" | "XX002") || code.parse::<i32>().is_ok_and(|number| matches!(number & 0xff, 11 | 26))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Health;

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
    }
}
