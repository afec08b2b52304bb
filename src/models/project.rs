//! A customer's project as the pages show it.

use serde::{Deserialize, Serialize};

use super::account::{Role, ServiceUser};

/// A period of a project's right to one product, both days included (ISO dates, UTC). A project may have several of one
/// product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub product_key: String,
    pub product_name: String,
    pub starts: String,
    pub ends: String,
    /// Whether today lies within it.
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
    /// The latest day to which access to a product runs on without a gap.
    pub subscription_end: Option<String>,
    /// The active ones; empty for a customer, who cannot use them.
    pub service_users: Vec<ServiceUser>,
}

impl ProjectView {
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// The products a token generated now would hold, each once: of periods that overlap the first.
    pub fn running(&self) -> impl Iterator<Item = &Subscription> {
        let mut last = "";
        self.subscriptions
            .iter()
            .filter(|subscription| subscription.running)
            .filter(move |subscription| std::mem::replace(&mut last, &subscription.product_key) != subscription.product_key)
    }

    /// Why no token can be generated now; `None` where one can.
    pub fn generate_refusal(&self) -> Option<&'static str> {
        if self.closed {
            Some(CLOSED)
        } else if self.running().next().is_none() {
            Some("No subscription of this project is running, so a token would open nothing.")
        } else {
            None
        }
    }

    /// Why its tokens cannot be changed; `None` where they can.
    pub fn change_refusal(&self) -> Option<&'static str> {
        self.closed.then_some(CLOSED)
    }
}

/// Why nothing can be done in a closed project.
pub const CLOSED: &str = "This project is closed. Its tokens can be seen but not changed.";

/// A project's line on My Projects.
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
    /// The latest day to which access to a product runs on without a gap.
    pub subscription_end: Option<String>,
}
