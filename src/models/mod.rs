//! Pure data and rules that the browser and the server share. No database, no HTTP, no clock.

pub mod account;
pub mod filter;
pub mod project;
pub mod token;
pub mod token_details;
pub mod token_name;
pub mod words;
