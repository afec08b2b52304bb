//! Reads everything that the portal stores: every row of every table, every byte of every file.

use std::{collections::BTreeMap, fs, path::Path};

use sqlx::AssertSqlSafe;

use crate::server::db::database::Pools;

use super::TestApp;

/// The rows of each table as text, sorted.
pub type Dump = BTreeMap<String, Vec<String>>;

impl TestApp {
    /// Every row of every table.
    pub async fn dump(&self) -> Dump {
        self.write_denials().await;
        let mut dump = Dump::new();
        for table in self
            .texts(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
                "SELECT name FROM sqlite_master WHERE type = 'table'",
            )
            .await
        {
            let columns =
                self.texts("SELECT '*'", &format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')")).await;
            let sqlite = format!("SELECT {} FROM \"{table}\"", columns.join(" || ' | ' || "));
            let mut rows = self.texts(&format!("SELECT t::text FROM \"{table}\" t"), &sqlite).await;
            rows.sort();
            dump.insert(table, rows);
        }
        dump
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.state.db.pools, Pools::Sqlite { .. })
    }

    /// Runs a statement as with the database's own tools; returns the database's error message.
    pub async fn try_execute(&self, sql: &'static str) -> Result<(), String> {
        match &self.state.db.pools {
            Pools::Sqlite { writer, .. } => sqlx::query(sql).execute(writer).await.map(|_| ()),
            Pools::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ()),
        }
        .map_err(|cause| cause.to_string())
    }

    /// The rows of one column of text.
    async fn texts(&self, postgres: &str, sqlite: &str) -> Vec<String> {
        let rows = match &self.state.db.pools {
            Pools::Sqlite { readers, .. } => sqlx::query_scalar(AssertSqlSafe(sqlite.to_owned())).fetch_all(readers).await,
            Pools::Postgres(pool) => sqlx::query_scalar(AssertSqlSafe(postgres.to_owned())).fetch_all(pool).await,
        };
        rows.expect("a table can be read")
    }

    /// The tables and files that contain a text. For SQLite this includes the bytes of the database file and its write-ahead
    /// log.
    pub async fn holders(&self, text: &str) -> Vec<String> {
        let tables = self.dump().await.into_iter().filter(|(_, rows)| rows.iter().any(|row| row.contains(text)));
        let mut holders: Vec<String> = tables.map(|(table, _)| table).collect();
        search(&self.state.config.data, text.as_bytes(), &mut holders);
        holders
    }
}

fn search(folder: &Path, wanted: &[u8], holders: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the data folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            search(&path, wanted, holders);
        } else if fs::read(&path).expect("a file of ours").windows(wanted.len()).any(|bytes| bytes == wanted) {
            holders.push(path.display().to_string());
        }
    }
}
