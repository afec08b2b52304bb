//! The server: everything that the browser must never hold.

pub mod catalogue;
pub mod clock;
pub mod config;
pub mod data_files;
pub mod db;
mod file_rights;
pub mod id;
pub mod keys;
pub mod log;
pub mod request;
pub mod secret;
pub mod service;
pub mod setting;
mod setting_source;
pub mod state;
pub mod store;
pub mod text_input;
pub mod throttle;
