//! Tokens: made, listed, found, changed, looked at, and what becomes of their secrets.

mod bulk;
mod changes;
mod confirmation;
mod csv;
mod details;
mod generate;
mod lifecycle;
mod list_rows;
mod logins;
mod search;
mod secrets;
mod status;
mod status_words;
