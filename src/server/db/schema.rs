//! Whether a database's tables are those of this build.

use super::{Database, StoreError, database::Pools};

/// What a database holds of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// No tables.
    Missing,
    /// Tables of an older build, which migrations bring up to date.
    Older,
    Current,
    /// Tables of a newer build than this.
    Newer,
}

impl Database {
    /// Looks, and changes nothing.
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        let has_table = match &self.pools {
            Pools::Sqlite { .. } => "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Pools::Postgres(_) => "SELECT count(to_regclass('_sqlx_migrations')::text)",
        };
        let mut conn = self.reader();
        if conn.number(has_table, &[]).await? == 0 {
            return Ok(Schema::Missing);
        }
        let done = conn.number("SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success", &[]).await?;
        let newest = self.migrator().iter().map(|migration| migration.version).max().unwrap_or_default();
        Ok(match done.cmp(&newest) {
            _ if done == 0 => Schema::Missing,
            std::cmp::Ordering::Less => Schema::Older,
            std::cmp::Ordering::Equal => Schema::Current,
            std::cmp::Ordering::Greater => Schema::Newer,
        })
    }
}
