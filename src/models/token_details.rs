//! One token in full: what it opens, what happened to it, what used it.

use serde::{Deserialize, Serialize};

use super::{project::ProjectView, token::TokenRow};

/// A token's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDetails {
    pub project: ProjectView,
    pub token: TokenRow,
    /// Each product with its name and its repository patterns.
    pub opens: Vec<Opened>,
    /// Newest first.
    pub history: Vec<Event>,
    /// The last 30 days, oldest first: ISO date and pulls.
    pub pulls: Vec<(String, i64)>,
    /// Unix seconds.
    pub secret_made: Option<i64>,
    /// Days since then.
    pub secret_age: Option<i64>,
    /// The registry's host as customers type it.
    pub registry: String,
    /// When it was read (Unix seconds).
    pub now: i64,
}

impl TokenDetails {
    /// A repository, or a pattern of some, that the token's products open today; an exact name before a pattern.
    pub fn example_repository(&self) -> Option<&str> {
        let runs = |opened: &&Opened| self.token.products.iter().any(|held| held.running && held.key == opened.product_key);
        self.opens.iter().filter(runs).find_map(|opened| {
            let exact = opened.repositories.iter().find(|repository| !repository.ends_with('*'));
            exact.or(opened.repositories.first()).map(String::as_str)
        })
    }
}

/// A product that a token holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub product_key: String,
    pub product_name: String,
    pub repositories: Vec<String>,
}

/// A row of the audit trail in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix seconds.
    pub at: i64,
    pub what: String,
    /// Whether Re-sync is what to do about it.
    pub resync_helps: bool,
    pub by: String,
    pub from: String,
}
