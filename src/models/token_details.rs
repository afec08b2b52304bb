//! The details of one token: its products, history and usage.

use serde::{Deserialize, Serialize};

use super::{project::ProjectView, snippets::Tool, token::TokenRow};

/// The content of a token's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDetails {
    pub project: ProjectView,
    pub token: TokenRow,
    /// The products that it holds, those with a running subscription first.
    pub products: Vec<HeldProduct>,
    /// Newest first.
    pub history: Vec<Event>,
    /// The last 30 days, oldest first: ISO date and pulls.
    pub pulls: Vec<(String, i64)>,
    /// Unix seconds.
    pub secret_made: Option<i64>,
    /// The registry's host as customers type it.
    pub registry: String,
    /// The snippets to log in and pull.
    pub tools: Vec<Tool>,
    /// When it was read (Unix seconds).
    pub now: i64,
}

/// A product that a token holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldProduct {
    pub key: String,
    pub name: String,
    /// The patterns of the repositories that it gives access to.
    pub repositories: Vec<String>,
    /// Whether its subscription runs today; the secret must work too.
    pub running: bool,
    /// The last day of its subscription, future or past, or a phrase if it has none.
    pub ends: String,
    /// How to regain access, if the subscription does not run.
    pub remedy: String,
}

/// An audit entry as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix seconds; for a repeated event, of the last time.
    pub at: i64,
    pub what: String,
    /// The number of times and the first time (Unix seconds), if it was repeated.
    pub repeated: Option<(u64, i64)>,
    /// Whether Re-sync is the remedy.
    pub resync_helps: bool,
    pub by: String,
    pub from: String,
}
