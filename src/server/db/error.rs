//! What can go wrong in the database, as services need to tell it apart.

use rusqlite::ErrorCode;
use sqlx::error::DatabaseError;
use thiserror::Error;

/// A failed look-up or change.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A name is taken that somebody may choose.
    #[error("conflict on {0:?}")]
    Conflict(Constraint),
    /// The database cannot be reached, is too busy, or takes no changes now. Nothing was changed.
    #[error("{why}: {cause}", why = .0.sentence(), cause = .1)]
    Unavailable(Unavailable, sqlx::Error),
    /// Anything else: a fault of ours.
    #[error("{0}")]
    Other(sqlx::Error),
}

/// The unique constraints that a request may run into. Any other that is violated is a fault of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    TokenLoginName,
    PublisherLoginName,
}

impl Constraint {
    /// Each with its name in PostgreSQL, and with its columns, which SQLite names in its place.
    const ALL: [(Self, &str, &str); 2] = [
        (Self::TokenLoginName, "tokens_login_name", "tokens.login_name"),
        (Self::PublisherLoginName, "publishers_pkey", "publishers.login_name"),
    ];

    fn of(violation: &dyn DatabaseError) -> Option<Self> {
        let found = match violation.constraint() {
            Some(name) => Self::ALL.into_iter().find(|(_, known, _)| *known == name),
            None => {
                let columns = violation.message().strip_prefix("UNIQUE constraint failed: ")?;
                Self::ALL.into_iter().find(|(.., known)| *known == columns)
            }
        };
        found.map(|(constraint, ..)| constraint)
    }
}

/// Why the database does not do what it does on other days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// No connection, or one that broke.
    Unreachable,
    /// Others hold what is needed.
    Busy,
    TooManyConnections,
    /// A standby after a failover; a file or file system that cannot be written.
    ReadOnly,
    DiskFull,
    /// The disk or the server failed at reading or writing.
    Failing,
    /// It is starting, shutting down or takes no connections.
    NotAccepting,
    /// A pooler that gave each connection a session of its own at the start does so no more.
    SharedSessions,
}

impl Unavailable {
    /// In words for whoever watches the server.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unreachable => "the database cannot be reached",
            Self::Busy => "the database is busy or does not answer",
            Self::TooManyConnections => "the database has no connection free",
            Self::ReadOnly => "the database is read-only",
            Self::DiskFull => "the database has no space on its disk",
            Self::Failing => "the database fails to read or write its disk",
            Self::NotAccepting => "the database accepts no connections now",
            Self::SharedSessions => {
                "the database's pooler mixes up prepared statements: start the portal again, which finds its mode out"
            }
        }
    }

    /// Whether a connection may be left in a state in which nothing works any more, also once the cause is gone: a transaction that
    /// SQLite ended by itself, or a server that became a standby.
    pub fn spoils_connections(self) -> bool {
        !matches!(self, Self::Busy | Self::TooManyConnections)
    }

    /// By PostgreSQL's SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn of_sqlstate(code: &str) -> Option<Self> {
        Some(match (code, code.get(..2)?) {
            ("25006", _) => Self::ReadOnly,
            ("53100", _) => Self::DiskFull,
            ("53300", _) => Self::TooManyConnections,
            (_, "08") => Self::Unreachable,
            (_, "40" | "55") if code != "55000" => Self::Busy,
            // A login that the server refuses (28), or a database that is not there (3D), is no fault of the request.
            (_, "57" | "28" | "3D") | ("55000", _) => Self::NotAccepting,
            // A prepared statement that is there already, or is not.
            ("42P05" | "26000", _) => Self::SharedSessions,
            (_, "53" | "58") => Self::Failing,
            _ => return None,
        })
    }

    /// By SQLite's primary result code: <https://www.sqlite.org/rescode.html>
    fn of_sqlite(code: ErrorCode) -> Option<Self> {
        Some(match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => Self::Busy,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory => Self::Failing,
            ErrorCode::CannotOpen => Self::Unreachable,
            _ => return None,
        })
    }

    fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Database(cause) => {
                let code = cause.code()?;
                // SQLite's extended codes are numbers, which hold the primary one in their last byte.
                match code.parse::<i32>() {
                    Ok(number) if cause.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
                        Self::of_sqlite(rusqlite::ffi::Error::new(number).code)
                    }
                    _ => Self::of_sqlstate(&code),
                }
            }
            sqlx::Error::PoolTimedOut => Some(Self::Busy),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
            // A connection that still counts a transaction which the database ended by itself.
            | sqlx::Error::InvalidSavePointStatement => Some(Self::Unreachable),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(cause) = &error
            && cause.is_unique_violation()
            && let Some(constraint) = Constraint::of(&**cause)
        {
            return Self::Conflict(constraint);
        }
        match Unavailable::of(&error) {
            Some(why) => Self::Unavailable(why, error),
            None => Self::Other(error),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let why = error.sqlite_error_code().and_then(Unavailable::of_sqlite);
        let cause = sqlx::Error::AnyDriverError(Box::new(error));
        match why {
            Some(why) => Self::Unavailable(why, cause),
            None => Self::Other(cause),
        }
    }
}
