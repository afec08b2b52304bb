//! Pull counts, kept in memory and written every few seconds, so that a pull does not wait for a write.
//!
//! Only counts are kept in memory. Rights are read from the database for every request.

pub mod store;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::server::{
    clock::Day,
    db::{Database, StoreError},
};

use store::Use;

/// How often the counts are written to the database.
pub const FLUSH_EVERY: std::time::Duration = std::time::Duration::from_secs(2);

/// Pulls since the last write, by token and day.
pub struct UsageLog {
    db: Database,
    uses: Mutex<HashMap<(String, String), Use>>,
}

impl UsageLog {
    /// Creates an empty log for this database.
    pub fn new(db: Database) -> Self {
        Self { db, uses: Mutex::default() }
    }

    /// Counts one pull.
    pub fn count(&self, token_id: &str, now: i64, address: &str, client: &str) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let usage = uses.entry((token_id.to_owned(), Day::of(now).to_string())).or_insert_with(|| Use {
            pulls: 0,
            at: now,
            address: String::new(),
            client: String::new(),
        });
        usage.pulls += 1;
        usage.at = now;
        address.clone_into(&mut usage.address);
        client.clone_into(&mut usage.client);
    }

    fn take(&self) -> HashMap<(String, String), Use> {
        std::mem::take(&mut *self.uses.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Merges counts back after a failed write.
    fn restore(&self, taken: HashMap<(String, String), Use>) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, old) in taken {
            uses.entry(key).and_modify(|usage| usage.pulls += old.pulls).or_insert(old);
        }
    }

    /// Writes the counts. If the database does not accept them, keeps them for the next time. If it is unknown whether it did, they
    /// are dropped: pulls are rather missed than counted twice.
    pub async fn flush(&self) {
        let taken = self.take();
        if taken.is_empty() {
            return;
        }
        if let Err(error) = self.write(&taken).await {
            tracing::warn!(%error, "usage.unwritten");
            if !matches!(error, StoreError::Unconfirmed(_)) {
                self.restore(taken);
            }
        }
    }

    async fn write(&self, uses: &HashMap<(String, String), Use>) -> Result<(), StoreError> {
        // Sorted, so that two instances lock rows in the same order and cannot deadlock.
        let mut uses: Vec<_> = uses.iter().collect();
        uses.sort_unstable_by_key(|(key, _)| *key);
        let mut conn = self.db.begin_upkeep().await?;
        for ((token_id, day), usage) in uses {
            store::add(&mut conn, token_id, day, usage).await?;
        }
        conn.commit().await
    }
}
