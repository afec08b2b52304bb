//! The schema version of a database, and its migrations.

use sqlx::migrate::{Migration, Migrator};

use super::{Database, StoreError, database::Pools, emails, postgres};

/// The state of the database's tables, compared with this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// No tables.
    Missing,
    /// Tables of an older build; migrations are pending.
    Older,
    Current,
    /// Tables of a newer build.
    Newer,
}

impl Database {
    /// Reads the state of the tables without a change.
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

    /// This build's migrations for this kind of database.
    fn migrator(&self) -> Migrator {
        static SHARED: Migrator = sqlx::migrate!("./migrations");
        static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
        static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");
        let own = match &self.pools {
            Pools::Sqlite { .. } => &SQLITE,
            Pools::Postgres(_) => &POSTGRES,
        };
        let mut all: Vec<Migration> = SHARED.iter().chain(own.iter()).cloned().collect();
        all.sort_by_key(|migration| migration.version);
        Migrator::with_migrations(all)
    }

    /// Runs the pending migrations.
    ///
    /// # Errors
    /// One line with the cause.
    pub async fn migrate(&self) -> Result<(), String> {
        let migrator = self.migrator();
        match &self.pools {
            Pools::Sqlite { writer, .. } => migrator.run(writer).await,
            Pools::Postgres(pool) => postgres::migrate(pool, self.mode, migrator).await,
        }
        .map_err(|cause| format!("cannot migrate the database: {}", postgres::migration_error(cause)))?;
        emails::bring_to_one_form(self).await.map_err(|cause| format!("cannot migrate the database: {cause}"))
    }
}
