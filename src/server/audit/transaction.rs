//! A transaction of changes. It lasts only with its entries in the audit trail.

use std::ops::{Deref, DerefMut};

use crate::server::db::{Database, StoreError, Upkeep};

use super::store::{self, Entries};

/// A transaction of changes. Dropped without [`Tx::commit`], they are undone.
#[derive(Debug)]
pub struct Tx(Upkeep);

impl Database {
    /// Starts a transaction for changes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.begin_upkeep().await.map(Tx)
    }
}

impl Tx {
    /// Makes the changes last, each with its entry: there is no other way.
    pub async fn commit(mut self, entries: impl Into<Entries>) -> Result<(), StoreError> {
        store::add(&mut self.0, &entries.into()).await?;
        self.0.commit().await
    }
}

/// It takes every statement that upkeep does.
impl Deref for Tx {
    type Target = Upkeep;

    fn deref(&self) -> &Upkeep {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Upkeep {
        &mut self.0
    }
}
