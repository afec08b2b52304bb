//! Transactions. Outside this folder, SQL writes need one of them.

use std::ops::{Deref, DerefMut};

use super::{Conn, Database, StoreError, database::Value, query::Query};

/// A transaction without audit entries: for counts, denials, ended sessions and the readiness check. Store functions that
/// change tokens, publishers, users or projects take [`crate::server::audit::Tx`] instead.
#[derive(Debug)]
pub struct Upkeep(Conn);

impl Database {
    /// Starts a transaction without audit entries.
    pub async fn begin_upkeep(&self) -> Result<Upkeep, StoreError> {
        self.transaction().await.map(Upkeep)
    }
}

impl Upkeep {
    /// Executes a write. Returns the number of affected rows.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.0.execute(sql, values).await
    }

    /// Executes a built write. Returns the number of affected rows.
    pub async fn run(&mut self, query: &Query<'_>) -> Result<u64, StoreError> {
        self.0.run(query).await
    }

    /// Commits the transaction. Dropping it without a commit rolls it back.
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
    /// Test helper: executes any write, without an audit entry.
    pub async fn execute_unaudited(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.execute(sql, values).await
    }
}
