//! The portal's behaviour, through its services and over HTTP, on SQLite and on PostgreSQL in one run.
//!
//! `TEST_POSTGRES_URL` names a PostgreSQL server where databases may be made. Without it half of the tests fail.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod accounts;
mod audit;
mod catalogue;
mod checkout;
mod cli;
mod clock;
mod config;
mod control_characters;
mod db;
mod http;
mod incoming_text;
<<<<<<< src/main
mod layout;
mod projects;
=======
mod list_rows;
mod logins;
mod logo;
mod pasted_secrets;
mod poolers;
mod problems;
>>>>>>> 4755da3bc9a5fe4a206c403ab18dc6fdb19f1d89
mod registry;
mod request;
mod support;
mod tokens;
mod truth;
