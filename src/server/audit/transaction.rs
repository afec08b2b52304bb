//! A transaction of changes. It can be committed only together with its audit entries.

use std::ops::{Deref, DerefMut};

use crate::server::db::{Database, StoreError, Upkeep};

use super::store::{self, Entries};

/// A transaction of changes. Dropping it without [`Tx::commit`] rolls it back.
#[derive(Debug)]
pub struct Tx(Upkeep);

impl Database {
    /// Starts a transaction for changes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.begin_upkeep().await.map(Tx)
    }
}

impl Tx {
    /// Commits the changes with their audit entries. There is no other way to commit.
    pub async fn commit(mut self, entries: impl Into<Entries>) -> Result<(), StoreError> {
        store::add(&mut self.0, &entries.into()).await?;
        self.0.commit().await
    }
}

/// Gives access to all statements of [`Upkeep`].
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
