//! The buffer of denials for the audit trail. They are kept in memory and written in the background, so that a response
//! neither waits for its entry nor fails with it.
//!
//! Denials that a caller can repeat at will are summed: the first of a window gets its own entry. Later equal ones are
//! counted, and when the window ends, one more entry gives their number.

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

/// Maximum number of entries written in one transaction.
const MAX_BATCH: usize = 500;
/// The interval of the check for ended windows, and the delay before a failed write is retried.
const CHECK_EVERY: Duration = Duration::from_secs(2);

/// A recorded denial, with the error for the client.
#[must_use]
#[derive(Debug)]
pub struct Denied(AppError);

impl Denied {
    pub fn into_app_error(self) -> AppError {
        self.0
    }
}

/// The denials that are not yet written.
pub struct DenialLog {
    db: Database,
    clock: Clock,
    windows: Mutex<DenialWindows>,
    /// Signalled when an entry waits.
    has_rows: Notify,
    /// Held during a write.
    writing: tokio::sync::Mutex<()>,
}

impl DenialLog {
    /// Creates an empty log for this database.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, windows: Mutex::default(), has_rows: Notify::default(), writing: tokio::sync::Mutex::default() }
    }

    /// The entries about a token that are not in the database yet, including counts of open windows.
    pub fn of_token(&self, project_key: &str, token_id: &str) -> Vec<AuditRow> {
        self.lock()
            .rows(|row| row.token_id.as_deref() == Some(token_id) && row.project_key.as_deref() == Some(project_key))
            .into_iter()
            .map(AuditRow::from)
            .collect()
    }

    /// Records a denial and returns it: the only way to create a [`Denied`]. The returned error makes the caller's open
    /// transaction roll back.
    pub fn deny(&self, entry: DenialEntry, answer: AppError) -> Denied {
        self.record(entry);
        Denied(answer)
    }

    /// Records a denial. Its entry, or the entry that counts it, is written later.
    pub fn record(&self, row: DenialEntry) {
        if self.lock().record(row, self.clock.uptime()) {
            self.has_rows.notify_one();
        }
    }

    /// Writes the waiting entries and the counts of ended windows. False if the database does not accept them; then they are
    /// kept.
    pub async fn flush(&self) -> bool {
        self.lock().end_windows(self.clock.uptime());
        self.write().await
    }

    /// Writes everything, including the counts of open windows: for shutdown.
    pub async fn flush_all(&self) -> bool {
        self.lock().end_all_windows(self.clock.uptime());
        self.write().await
    }

    /// Writes denials as they arrive. Never returns.
    pub async fn keep_writing(&self) {
        loop {
            // The timeout is the check for ended windows, if no new entry arrives.
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

    /// Writes all entries in one transaction. If one of them is at fault, writes each by itself, so that it does not block
    /// the rest.
    async fn write_batch(&self, batch: &[DenialEntry]) -> Result<(), StoreError> {
        match self.write_rows(batch).await {
            Ok(()) => return Ok(()),
            Err(error) if error.is_of_database() => return Err(error),
            Err(_) => {}
        }
        for row in batch {
            match self.write_rows(std::slice::from_ref(row)).await {
                Err(error) if error.is_of_database() => return Err(error),
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
