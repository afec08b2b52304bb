//! Direct SQLite reads through rusqlite: for the token request of every pull, and for the longest query, a project's tokens.
//!
//! sqlx runs each SQLite connection on its own thread. The switch to it and back costs several times as much as the query
//! (docs/decisions/0004), so these two queries use rusqlite, over the same SQLite library. A look-up by a unique name takes
//! about 30 µs and, with a write-ahead log, does not wait for writers: short enough to block in an async function.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, Params, Row};

use super::StoreError;

/// How long a read waits during a recovery or a checkpoint of the database.
const BUSY_TIMEOUT: Duration = Duration::from_millis(500);

/// Maximum number of idle connections.
const MAX_IDLE: usize = 8;

/// A row that is read by column names; implemented by [`direct_row`].
pub trait DirectRow: Sized {
    const COLUMNS: &'static [&'static str];

    /// Reads a row. `at` are the indexes of [`Self::COLUMNS`], looked up once for all rows.
    fn read(row: &Row<'_>, at: &[usize]) -> rusqlite::Result<Self>;
}

/// Defines a struct whose fields are read from the columns of the same names, through sqlx and through rusqlite.
macro_rules! direct_row {
    ($(#[$about:meta])* $visible:vis struct $row:ident { $($(#[$field_about:meta])* $field_visible:vis $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, sqlx::FromRow)]
        $visible struct $row {
            $($(#[$field_about])* $field_visible $field: $kind,)*
        }

        impl $crate::server::db::direct::DirectRow for $row {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read(row: &rusqlite::Row<'_>, at: &[usize]) -> rusqlite::Result<Self> {
                let mut at = at.iter().copied();
                Ok(Self { $($field: row.get(at.next().unwrap_or(usize::MAX))?),* })
            }
        }
    };
}
pub(in crate::server) use direct_row;

fn read<T: DirectRow>(connection: &Connection, sql: &str, values: impl Params) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let at = T::COLUMNS.iter().map(|column| statement.column_index(column)).collect::<rusqlite::Result<Vec<usize>>>()?;
    statement.query_map(values, |row| T::read(row, &at))?.collect()
}

/// Read-only connections to one file: as many as there are simultaneous reads.
#[derive(Clone, Debug)]
pub struct DirectReader {
    path: PathBuf,
    /// `None` after [`DirectReader::close`].
    idle: Arc<Mutex<Option<Vec<Connection>>>>,
}

impl DirectReader {
    /// Creates a reader for this path; the first read opens the file.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), idle: Arc::new(Mutex::new(Some(Vec::new()))) }
    }

    /// All rows of a query. Parameters and columns are named.
    pub fn all<T: DirectRow>(&self, sql: &str, values: impl Params) -> Result<Vec<T>, StoreError> {
        let idle = self.lock().as_mut().ok_or_else(|| StoreError::from(sqlx::Error::PoolClosed))?.pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let rows = read(&connection, sql, values)?;
        if let Some(idle) = self.lock().as_mut().filter(|idle| idle.len() < MAX_IDLE) {
            idle.push(connection);
        }
        Ok(rows)
    }

    /// Runs a large read on a blocking thread, over a separate connection. In the pool, that connection would keep megabytes
    /// of pages in its cache, which the next look-up does not need.
    pub async fn read_blocking<T: Send + 'static>(
        &self,
        read: impl FnOnce(Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.lock().is_none() {
            return Err(sqlx::Error::PoolClosed.into());
        }
        let once = Self::new(&self.path);
        let done = tokio::task::spawn_blocking(move || read(once)).await;
        done.unwrap_or_else(|panicked| Err(StoreError::Other(sqlx::Error::AnyDriverError(Box::new(panicked)))))
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(connection)
    }

    /// Closes all idle connections; those in use close when their read is done.
    pub fn close(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::DirectReader;

    direct_row! {
        struct Pair {
            m: Option<String>,
            n: i64,
        }
    }

    #[test]
    fn columns_are_read_by_name_whatever_their_order() {
        let file =
            std::env::temp_dir().join(format!("registry-tokens-direct-{:016x}", crate::server::random::Random::System.number()));
        Connection::open(&file).and_then(|made| made.execute_batch("CREATE TABLE t (n, m)")).expect("a file");
        let reader = DirectReader::new(&file);
        for sql in ["SELECT 7 AS n, 'seven' AS m", "SELECT 'seven' AS m, 0 AS other, 7 AS n"] {
            let rows: Vec<Pair> = reader.all(sql, []).expect(sql);
            assert_eq!((rows[0].n, rows[0].m.as_deref(), rows.len()), (7, Some("seven"), 1), "{sql}");
        }
        assert!(reader.all::<Pair>("SELECT 7 AS n", []).is_err(), "a column is missing");
        std::fs::remove_file(file).expect("the file is there");
    }

    direct_row! {
        struct Number {
            n: i64,
        }
    }

    #[tokio::test]
    async fn only_look_ups_keep_their_connections() {
        let file =
            std::env::temp_dir().join(format!("registry-tokens-direct-{:016x}", crate::server::random::Random::System.number()));
        Connection::open(&file)
            .and_then(|made| made.execute_batch("CREATE TABLE t (n); INSERT INTO t VALUES (7), (8)"))
            .expect("a file");
        let reader = DirectReader::new(&file);
        let kept = || reader.lock().as_ref().map(Vec::len);
        let sql = "SELECT n FROM t ORDER BY n";
        for _ in 0..3 {
            let rows = reader.read_blocking(move |reader| reader.all::<Number>(sql, [])).await.expect("rows");
            assert_eq!((rows.iter().map(|row| row.n).collect(), kept()), (vec![7, 8], Some(0)));
        }
        reader.all::<Number>("SELECT n FROM t WHERE n = :n", &[(":n", &8)]).expect("a row");
        assert_eq!(kept(), Some(1));
        reader.close();
        assert!(reader.read_blocking(move |reader| reader.all::<Number>(sql, [])).await.is_err());
        std::fs::remove_file(file).expect("the file is there");
    }
}
