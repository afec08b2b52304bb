//! Tests the portal's behaviour through its services and over HTTP, on SQLite and on PostgreSQL in one run.
//!
//! `TEST_POSTGRES_URL` is the URL of a PostgreSQL server where tests may create databases. Without it half of the tests fail.

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
mod layout;
mod projects;
mod registry;
mod request;
mod states;
mod support;
mod tokens;
mod truth;
