//! The database: SQLite or PostgreSQL, with the same SQL text. The differences are in [`database`], [`postgres`], [`direct`]
//! and [`health`].

pub mod database;
pub mod database_url;
pub mod direct;
mod emails;
pub mod error;
pub mod health;
pub mod location;
pub mod postgres;
pub mod query;
pub mod readiness;
pub mod schema;
pub mod settings;
pub mod transaction;
mod value;

pub use database::{Conn, Database};
pub use error::{Constraint, StoreError};
pub use transaction::Upkeep;
