//! One token in full: what it opens, what happened to it, what used it.

use serde::{Deserialize, Serialize};

use super::{project::ProjectView, snippets::Tool, token::TokenRow};

/// A token's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDetails {
    pub project: ProjectView,
    pub token: TokenRow,
    /// Each product that it holds, those that run first.
    pub products: Vec<HeldProduct>,
    /// Newest first.
    pub history: Vec<Event>,
    /// The last 30 days, oldest first: ISO date and pulls.
    pub pulls: Vec<(String, i64)>,
    /// Unix seconds.
    pub secret_made: Option<i64>,
    /// The registry's host as customers type it.
    pub registry: String,
    /// What to paste to log in and pull.
    pub tools: Vec<Tool>,
    /// When it was read (Unix seconds).
    pub now: i64,
}

/// A product that a token holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldProduct {
    pub key: String,
    pub name: String,
    /// Patterns of the repositories that it opens.
    pub repositories: Vec<String>,
    /// Whether it opens them today, where the secret works.
    pub running: bool,
    /// Its last day, to come or gone; in words where it has none.
    pub ends: String,
    /// What opens it again, where it does not run.
    pub remedy: String,
}

/// A row of the audit trail in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix seconds; of what came more than once, of the last time.
    pub at: i64,
    pub what: String,
    /// How often it came, and when first (Unix seconds), where that was more than once.
    pub repeated: Option<(u64, i64)>,
    /// Whether Re-sync is what to do about it.
    pub resync_helps: bool,
    pub by: String,
    pub from: String,
}
