//! The readiness check: the database has every migration and accepts writes.

use std::time::Duration;

use tokio::sync::Mutex;

use crate::server::clock::Clock;

use super::{Database, StoreError, error::Unavailable, schema::Schema, settings};

/// After a write failed for lack of disk space, the portal is not ready for this time.
const DISK_FULL: Duration = Duration::from_secs(10);

/// The last result, and its time (seconds of uptime). It is cached within that second, because anybody may request it and
/// each check costs a write.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(i64, Result<(), &'static str>)>>);

impl Readiness {
    /// Checks the database, or returns the cached result.
    ///
    /// # Errors
    /// A text that says why the portal is not ready.
    pub async fn check(&self, db: &Database, clock: &Clock) -> Result<(), &'static str> {
        // Simultaneous requests wait for one check.
        let mut last = self.0.lock().await;
        let now = clock.uptime();
        if let Some((at, answer)) = *last
            && at == now
        {
            return answer;
        }
        let answer = match try_database(db).await {
            Ok(Schema::Current | Schema::Newer) if db.health.was_disk_full(DISK_FULL) => Err(Unavailable::DiskFull.sentence()),
            Ok(Schema::Current | Schema::Newer) => Ok(()),
            Ok(Schema::Missing | Schema::Older) => Err("the database lacks migrations of this version"),
            Err(StoreError::Unavailable(why, _)) => Err(why.sentence()),
            Err(StoreError::Unconfirmed(_)) => Err(Unavailable::Unreachable.sentence()),
            Err(cause) => {
                tracing::error!(error = %cause, "readiness.failed");
                Err("the database fails: the log says why")
            }
        };
        *last = Some((now, answer));
        answer
    }
}

/// Reads the schema version, and writes one row, always the same.
async fn try_database(db: &Database) -> Result<Schema, StoreError> {
    let schema = db.schema().await?;
    let mut conn = db.begin_upkeep().await?;
    settings::touch(&mut conn, "ready").await?;
    conn.commit().await?;
    Ok(schema)
}
