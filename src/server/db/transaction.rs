//! Transactions, and what runs a change: nothing else does.

use std::ops::{Deref, DerefMut};

use super::{Conn, Database, StoreError, database::Value, query::Query};

/// A transaction of what nobody asked for or what is no change to what the portal keeps for somebody: counts, denials, sessions that
/// end, the probe of readiness. The audit trail has no entry of it. Functions of a store that change tokens, publishers, users or
/// projects do not take it, but [`crate::server::audit::Tx`].
#[derive(Debug)]
pub struct Upkeep(Conn);

impl Database {
    /// Starts a transaction for what the audit trail has no entry of.
    pub async fn begin_upkeep(&self) -> Result<Upkeep, StoreError> {
        self.transaction().await.map(Upkeep)
    }
}

impl Upkeep {
    /// Runs a change and says how many rows it touched.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.0.execute(sql, values).await
    }

    /// Runs a change that was put together and says how many rows it touched.
    pub async fn run(&mut self, query: &Query<'_>) -> Result<u64, StoreError> {
        self.0.run(query).await
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
    /// Runs a statement that no function of a store offers, with no entry in the audit trail.
    pub async fn execute_unaudited(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.execute(sql, values).await
    }
}
