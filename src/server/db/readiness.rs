//! Whether the portal can do its work: the database has every migration, and takes a change.

use tokio::sync::Mutex;

use crate::server::clock::Clock;

use super::{Database, StoreError, schema::Schema, settings};

/// The last answer, and when it was found (seconds of uptime). It is good for that second: anybody may ask, and each answer costs
/// a write.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(i64, Result<(), &'static str>)>>);

impl Readiness {
    /// Tries the database.
    ///
    /// # Errors
    /// Why the portal is not ready, in words.
    pub async fn check(&self, db: &Database, clock: &Clock) -> Result<(), &'static str> {
        // Those who ask at the same time wait for one answer.
        let mut last = self.0.lock().await;
        let now = clock.uptime();
        if let Some((at, answer)) = *last
            && at == now
        {
            return answer;
        }
        let answer = match try_database(db).await {
            Ok(Schema::Current | Schema::Newer) => Ok(()),
            Ok(Schema::Missing | Schema::Older) => Err("the database lacks migrations of this version"),
            Err(StoreError::Unavailable(why, _)) => Err(why.sentence()),
            Err(cause) => {
                tracing::error!(error = %cause, "readiness.failed");
                Err("the database fails: the log says why")
            }
        };
        *last = Some((now, answer));
        answer
    }
}

/// Looks at the tables, and writes one line, always the same.
async fn try_database(db: &Database) -> Result<Schema, StoreError> {
    let schema = db.schema().await?;
    let mut conn = db.begin_upkeep().await?;
    settings::touch(&mut conn, "ready").await?;
    conn.commit().await?;
    Ok(schema)
}
