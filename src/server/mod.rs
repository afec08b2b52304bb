//! The server: everything that the browser must never hold.

pub mod catalogue;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod db;
pub mod files;
pub mod id;
pub mod request;
pub mod service;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod throttle;
