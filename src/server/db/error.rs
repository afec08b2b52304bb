//! Database errors, as far as services must distinguish them.

use rusqlite::ErrorCode;
use sqlx::error::DatabaseError;
use thiserror::Error;

/// A failed read or write.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A name that a user may choose is already taken.
    #[error("conflict on {0:?}")]
    Conflict(Constraint),
    /// The database cannot be reached, is too busy, or accepts no writes now. Nothing was changed.
    #[error("{why}: {cause}", why = .0.sentence(), cause = .1)]
    Unavailable(Unavailable, sqlx::Error),
    /// The connection ended while the database committed: it is unknown whether the changes were made.
    #[error("the connection to the database ended during the commit, so it is unknown whether the changes were made: {0}")]
    Unconfirmed(sqlx::Error),
    /// Any other error: a bug.
    #[error("{0}")]
    Other(sqlx::Error),
}

impl StoreError {
    /// Whether the cause is the database or the way to it, not the statement.
    pub fn is_of_database(&self) -> bool {
        matches!(self, Self::Unavailable(..) | Self::Unconfirmed(_))
    }

    /// The same error, of a commit. A database that answers has not committed; one that does not may have.
    pub(super) fn of_commit(self) -> Self {
        match self {
            Self::Unavailable(
                Unavailable::Unreachable,
                cause @ (sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_)),
            ) => Self::Unconfirmed(cause),
            other => other,
        }
    }
}

/// The unique constraints that a request may violate. A violation of any other is a bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    TokenLoginName,
    PublisherLoginName,
}

impl Constraint {
    /// Each with its PostgreSQL name, and with its columns, which SQLite reports instead.
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

/// Why the database is unavailable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// No connection, or a broken one.
    Unreachable,
    /// Others hold the lock or the connection that is needed.
    Busy,
    TooManyConnections,
    /// A standby after a failover; a read-only file or file system.
    ReadOnly,
    DiskFull,
    /// The disk or the server failed to read or write.
    Failing,
    /// It is starting, shutting down or accepts no connections.
    NotAccepting,
    /// A pooler that gave each connection its own session at startup no longer does so.
    SharedSessions,
}

impl Unavailable {
    /// The text for operators and monitoring.
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

    /// Whether it may leave open connections permanently broken, even after the cause is gone: after a transaction that
    /// SQLite ended by itself, or on a server that became a standby.
    pub fn spoils_connections(self) -> bool {
        !matches!(self, Self::Busy | Self::TooManyConnections)
    }

    /// Maps PostgreSQL's SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn of_sqlstate(code: &str) -> Option<Self> {
        Some(match (code, code.get(..2)?) {
            ("25006", _) => Self::ReadOnly,
            ("53100", _) => Self::DiskFull,
            ("53300", _) => Self::TooManyConnections,
            (_, "08") => Self::Unreachable,
            (_, "40" | "55") if code != "55000" => Self::Busy,
            // A refused login (28) or a missing database (3D) is not the request's fault.
            (_, "57" | "28" | "3D") | ("55000", _) => Self::NotAccepting,
            // A prepared statement already exists, or does not exist.
            ("42P05" | "26000", _) => Self::SharedSessions,
            (_, "53" | "58") => Self::Failing,
            _ => return None,
        })
    }

    /// Maps SQLite's primary result code: <https://www.sqlite.org/rescode.html>
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
                // SQLite's extended codes contain the primary code in their last byte.
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
            // sqlx still counts a transaction that the database ended by itself.
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
