//! The server: everything that the browser must never hold.

pub mod catalogue;
pub mod cli;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod connections;
pub mod data_files;
mod file_rights;
pub mod id;
pub mod keys;
pub mod log;
pub mod random;
pub mod routes;
pub mod secret;
pub mod service;
pub mod setting;
mod setting_source;
pub mod state;
pub mod store;
pub mod text_input;
pub mod throttle;
