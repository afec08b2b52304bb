//! Tokens: generating, listing, searching, changing and showing them, and how their secrets are handled.

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
