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
<<<<<<< src/main
mod db;
mod http;
=======
mod cross_site;
mod csv;
mod denials;
mod events;
mod guessing;
mod import_preview;
>>>>>>> a1753f0faa2e96a9f5970777d9b0ea42fc28c12f
mod incoming_text;
mod layout;
mod projects;
mod registry;
mod request;
mod support;
mod tokens;
mod truth;
