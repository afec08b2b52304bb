//! Transactions. One that changes something for somebody lasts only with its entries in the audit trail.

use std::ops::{Deref, DerefMut};

use super::{
    Conn, Database, StoreError,
    audit::{self, DenialEntry, Entries},
    value::Value,
};

/// A transaction of changes. Dropped without [`Tx::commit`], they are undone.
#[derive(Debug)]
pub struct Tx(Conn);

impl Database {
    /// Starts a transaction for changes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.transaction().await.map(Tx)
    }

    /// Starts a transaction for what the audit trail has no entry of.
    pub async fn begin_upkeep(&self) -> Result<Upkeep, StoreError> {
        self.transaction().await.map(Upkeep)
    }
}

impl Tx {
    /// Makes the changes last, each with its entry: there is no other way.
    pub async fn commit(mut self, entries: impl Into<Entries>) -> Result<(), StoreError> {
        audit::add(&mut self.0, &entries.into()).await?;
        self.0.commit().await
    }

    /// Runs a change and says how many rows it touched.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.0.execute(sql, values).await
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// A transaction of what nobody asked for or what is no change to what the portal keeps for somebody: counts, denials, sessions that
/// end, the probe of readiness. The audit trail has no entry of it. Functions of the store that change tokens, publishers, users or
/// projects do not take it.
#[derive(Debug)]
pub struct Upkeep(Conn);

impl Upkeep {
    /// Adds a denial to the audit trail unless it is there.
    pub async fn add_denial(&mut self, entry: &DenialEntry) -> Result<(), StoreError> {
        audit::add_once(&mut self.0, entry).await
    }

    /// Makes the changes last. Dropped without, they are undone.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.0.commit().await
    }
}

impl Deref for Upkeep {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Upkeep {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

#[cfg(test)]
impl Conn {
    /// Runs a statement that no function of the store offers, with no entry in the audit trail.
    pub async fn execute_unaudited(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.execute(sql, values).await
    }
}
