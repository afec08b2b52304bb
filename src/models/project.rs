//! A customer's project, as the pages show it.

use serde::{Deserialize, Serialize};

use super::account::{Role, UserRef};

/// A period in which a project may access a product, both days included (ISO dates, UTC). A project may have several for one
/// product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub product_key: String,
    pub product_name: String,
    pub starts: String,
    pub ends: String,
    /// Whether today is within the period.
    pub running: bool,
}

/// A project with the caller's role in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectView {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub support_tier: String,
    pub closed: bool,
    pub role: Role,
    /// Sorted by product key, then by start.
    pub subscriptions: Vec<Subscription>,
    /// The last day of uninterrupted access to a product; of several products the latest.
    pub subscription_end: Option<String>,
    /// The active service users; empty for a customer, who cannot use them.
    pub service_users: Vec<UserRef>,
}

impl ProjectView {
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// The products that a token generated now would hold, each once: for overlapping periods the first.
    pub fn running(&self) -> impl Iterator<Item = &Subscription> {
        let mut last = "";
        self.subscriptions
            .iter()
            .filter(|subscription| subscription.running)
            .filter(move |subscription| std::mem::replace(&mut last, &subscription.product_key) != subscription.product_key)
    }

    /// The reason why no token can be generated now; `None` if one can.
    pub fn generate_refusal(&self) -> Option<&'static str> {
        if self.closed {
            Some(CLOSED)
        } else if self.running().next().is_none() {
            Some("No subscription of this project is running, so a token would open nothing.")
        } else {
            None
        }
    }

    /// The reason why its tokens cannot be changed; `None` if they can.
    pub fn change_refusal(&self) -> Option<&'static str> {
        self.closed.then_some(CLOSED)
    }
}

/// The reason why a closed project allows no changes.
pub const CLOSED: &str = "This project is closed. Its tokens can be seen but not changed.";

/// A project as listed on My Projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSummary {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub support_tier: String,
    pub closed: bool,
    pub role: Role,
    /// The tokens the caller may see.
    pub tokens: i64,
    /// The last day of uninterrupted access to a product; of several products the latest.
    pub subscription_end: Option<String>,
}
