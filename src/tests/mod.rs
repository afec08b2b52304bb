//! The portal's behaviour, through its services and over HTTP, on SQLite and on PostgreSQL in one run.
//!
//! `TEST_POSTGRES_URL` names a PostgreSQL server where databases may be made. Without it half of the tests fail.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod addresses;
mod addresses_encoded;
mod audit_search;
mod catalogue;
mod catalogue_errors;
mod checkout;
mod client_addresses;
mod clock;
mod commands;
mod connections;
mod constraints;
mod control_characters;
mod cross_site;
mod denials;
mod events;
mod guessing;
mod import_preview;
mod incoming_text;
mod logins;
mod logo;
mod pasted_secrets;
mod poolers;
mod problems;
mod query_plans;
mod registry;
mod registry_access;
mod registry_audit;
mod registry_clients;
mod registry_jwt;
mod renewals;
mod rights;
mod search;
mod secrets;
mod settings;
mod sign_in;
mod status_words;
mod support;
mod theme;
mod token_bulk;
mod token_changes;
mod token_details;
mod token_lifecycle;
mod token_status;
mod tokens;
mod truth;
mod unavailable;
mod unknown_paths;
