//! Rules and rights. The pages, the token endpoint and the command line all come through here.

pub mod access;
pub mod accounts;
pub mod audit;
mod authorized_token;
pub mod credentials;
mod denial_windows;
pub mod denials;
pub mod error;
pub mod events;
mod opened;
pub mod passwords;
pub mod periods;
pub mod projects;
pub mod publishers;
pub mod readiness;
pub mod registry;
mod registry_trail;
pub mod repository;
pub mod scope;
pub mod token_bulk;
mod token_change;
pub mod token_details;
mod token_history;
pub mod token_lifecycle;
pub mod token_rows;
pub mod tokens;
pub mod usage;

pub use access::{Actor, Origin};
pub use error::ServiceError;
