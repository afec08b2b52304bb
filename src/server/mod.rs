//! The server's lowest layer: code that must never reach the browser, and that depends on no page and no route.

pub mod accounts;
pub mod actor;
pub mod audit;
pub mod catalogue;
pub mod client_info;
pub mod clock;
pub mod config;
pub mod context;
pub mod crypto;
pub mod db;
pub mod error;
pub mod files;
pub mod id;
pub mod projects;
pub mod publishers;
pub mod random;
pub mod rate_limiter;
pub mod registry;
pub mod request;
pub mod state;
pub mod telemetry;
pub mod tokens;
pub mod usage;
