//! Refusals on their way to the audit trail. They are kept in memory and written in the background: an answer neither waits for its
//! row nor fails with it.
//!
//! What a caller can repeat at will is summed: the first refusal of a window is a row of its own; later ones like it are counted,
//! and one more row tells how many they were when the window ends.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;

use crate::{
    error::AppError,
    models::audit::Action,
    server::{
        clock::Clock,
        db::{Database, StoreError},
    },
};

use super::{
    denial_windows::DenialWindows,
    store::{self, AuditRow, DenialEntry},
};

pub use super::denial_windows::{MAX_PER_CALLER, WINDOW};

/// The most rows written in one transaction.
const MAX_BATCH: usize = 500;
/// How often ended windows are looked for, and after which time a write that failed is tried again.
const CHECK_EVERY: Duration = Duration::from_secs(2);

/// A denial that is recorded, with what the client gets to know of it.
#[must_use]
#[derive(Debug)]
pub struct Denied(AppError);

impl Denied {
    pub fn into_app_error(self) -> AppError {
        self.0
    }
}

/// The refusals that are not written yet.
pub struct DenialLog {
    db: Database,
    clock: Clock,
    windows: Mutex<DenialWindows>,
    /// Signalled when a row waits.
    has_rows: Notify,
    /// Held while rows are written.
    writing: tokio::sync::Mutex<()>,
}

impl DenialLog {
    /// Of a server with this database.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, windows: Mutex::default(), has_rows: Notify::default(), writing: tokio::sync::Mutex::default() }
    }

    /// The rows about a token that are not in the database yet, with what was counted until now.
    pub fn of_token(&self, project_key: &str, token_id: &str) -> Vec<AuditRow> {
        self.lock()
            .rows(|row| row.token_id.as_deref() == Some(token_id) && row.project_key.as_deref() == Some(project_key))
            .into_iter()
            .map(AuditRow::from)
            .collect()
    }

    /// Denies something, and records it: the only way to a [`Denied`]. A transaction that is open is rolled back with the error.
    pub fn deny(&self, entry: DenialEntry, answer: AppError) -> Denied {
        self.record(entry);
        Denied(answer)
    }

    /// Takes a refusal. Its row, or the row that counts it, is written later.
    pub fn record(&self, row: DenialEntry) {
        if self.lock().record(row, self.clock.uptime()) {
            self.has_rows.notify_one();
        }
    }

    /// Writes what waits and what was counted in windows that have ended; false where the database does not take it. Then it is kept.
    pub async fn flush(&self) -> bool {
        self.lock().end_windows(self.clock.uptime());
        self.write().await
    }

    /// Writes everything, what was counted in windows that have not ended too: for a server that stops.
    pub async fn flush_all(&self) -> bool {
        self.lock().end_all_windows(self.clock.uptime());
        self.write().await
    }

    /// Writes refusals as they come. It never returns.
    pub async fn keep_writing(&self) {
        loop {
            // Without a new row it is time to look for windows that have ended.
            let _ = tokio::time::timeout(CHECK_EVERY, self.has_rows.notified()).await;
            if !self.flush().await {
                tokio::time::sleep(CHECK_EVERY).await;
            }
        }
    }

    async fn write(&self) -> bool {
        let _one_at_a_time = self.writing.lock().await;
        loop {
            let batch = self.lock().waiting(MAX_BATCH);
            if batch.is_empty() {
                return true;
            }
            if let Err(error) = self.write_batch(&batch).await {
                tracing::warn!(%error, "audit.unwritten");
                return false;
            }
            self.lock().written(batch.len());
        }
    }

    /// All of them at once; where that fails for one row's sake, each by itself, so that it does not hold up the rest.
    async fn write_batch(&self, batch: &[DenialEntry]) -> Result<(), StoreError> {
        match self.write_rows(batch).await {
            Ok(()) => return Ok(()),
            Err(error @ StoreError::Unavailable(..)) => return Err(error),
            Err(_) => {}
        }
        for row in batch {
            match self.write_rows(std::slice::from_ref(row)).await {
                Err(error @ StoreError::Unavailable(..)) => return Err(error),
                Err(error) => tracing::error!(%error, action = row.action.as_str(), "audit.refused"),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    async fn write_rows(&self, rows: &[DenialEntry]) -> Result<(), StoreError> {
        let mut conn = self.db.begin_upkeep().await?;
        for row in rows {
            store::add_once(&mut conn, row).await?;
        }
        conn.commit().await
    }

    fn lock(&self) -> MutexGuard<'_, DenialWindows> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
