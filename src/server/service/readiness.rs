//! Whether the portal can do its work: the database has every migration, and takes a change.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::server::{
    state::AppState,
    store::{StoreError, settings},
};

/// An answer is good for this long: anybody may ask, and each answer costs a write.
const KEPT_FOR: Duration = Duration::from_secs(1);

/// The last answer, and when it was found.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(Instant, Result<(), &'static str>)>>);

/// Tries the database.
///
/// # Errors
/// Why the portal is not ready, in words.
pub async fn check(state: &AppState) -> Result<(), &'static str> {
    // Those who ask at the same time wait for one answer.
    let mut last = state.readiness.0.lock().await;
    if let Some((at, answer)) = *last
        && at.elapsed() < KEPT_FOR
    {
        return answer;
    }
    let answer = match try_database(state).await {
        Ok(true) => Ok(()),
        Ok(false) => Err("the database lacks migrations of this version"),
        Err(StoreError::Unavailable(why, _)) => Err(why.sentence()),
        Err(cause) => {
            tracing::error!(error = %cause, "readiness.failed");
            Err("the database fails: the log says why")
        }
    };
    *last = Some((Instant::now(), answer));
    answer
}

/// Whether every migration is there. The change that it makes is one line that is always the same.
async fn try_database(state: &AppState) -> Result<bool, StoreError> {
    let done = settings::newest_migration(&mut state.db.reader()).await?;
    let mut conn = state.db.begin().await?;
    settings::touch(&mut conn, "ready").await?;
    conn.commit().await?;
    Ok(done >= state.db.newest_migration())
}
