//! What can go wrong in the database, as services need to tell it apart.

/// A failed look-up or change.
#[derive(Debug)]
pub enum StoreError {
    /// The named unique constraint, or for SQLite the columns, stood in the way.
    Conflict(String),
    /// The database cannot be reached, or is too busy.
    Unavailable(sqlx::Error),
    /// Anything else: a fault of ours.
    Other(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => {
                Self::Conflict(cause.constraint().unwrap_or_else(|| cause.message()).to_owned())
            }
            sqlx::Error::Database(cause) if matches!(cause.code().as_deref(), Some("5" | "6" | "261" | "517")) => {
                Self::Unavailable(error)
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable(error)
            }
            _ => Self::Other(error),
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Conflict(what) => write!(f, "conflict on {what}"),
            Self::Unavailable(cause) | Self::Other(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}
