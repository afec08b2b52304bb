//! Tokens as the page shows them, and the rules for their status.

use serde::{Deserialize, Serialize};

use super::{
    account::UserRef,
    moment::{CLOCK_DIFFERENCE, DAY},
    obstacles::Obstacles,
    snippets::Tool,
};

/// The token type: for a user's own command line, or for a service user.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenType {
    #[default]
    #[serde(alias = "", alias = "User")]
    User,
    #[serde(alias = "Service")]
    Service,
}

impl TokenType {
    pub fn label(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Service => "Service",
        }
    }
}

/// The token status, in the order of precedence that [`TokenStatus::of`] applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenStatus {
    Disabled,
    Expired,
    ExpiringSoon,
    Active,
}

/// A token with at most this many days left is expiring soon.
pub const EXPIRING_SOON_DAYS: i64 = 30;

impl TokenStatus {
    /// Every status, best first, as a filter lists them.
    pub const ALL: [Self; 4] = [Self::Active, Self::ExpiringSoon, Self::Expired, Self::Disabled];

    /// Returns the status of a token, from whether it is disabled and the days left of its longest running subscription, if any.
    pub fn of(disabled: bool, days_left: Option<i64>) -> Self {
        match days_left {
            _ if disabled => Self::Disabled,
            None => Self::Expired,
            Some(days) if days <= EXPIRING_SOON_DAYS => Self::ExpiringSoon,
            Some(_) => Self::Active,
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Disabled => "Disabled",
            Self::Expired => "Expired",
            Self::ExpiringSoon => "Expiring soon",
            Self::Active => "Active",
        }
    }

    /// The value in a URL and in a class name.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::ExpiringSoon => "expiring-soon",
            Self::Active => "active",
        }
    }

    /// The inverse of [`TokenStatus::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.slug() == slug)
    }
}

/// One product that a token holds, with the project's access to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenProduct {
    pub key: String,
    /// The last day of the subscription and of those that follow without a gap; `None` if the project no longer has one.
    pub ends: Option<String>,
    /// Whether it gives access to its images today.
    pub running: bool,
}

/// A token as a row of the table. It never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub login_name: String,
    pub kind: TokenType,
    pub created_for: UserRef,
    pub created_by: UserRef,
    /// ISO date, UTC.
    pub created_on: String,
    /// Products with a running subscription first, each part sorted by key.
    pub products: Vec<TokenProduct>,
    /// The latest end of the subscriptions to its products.
    pub subscription_end: Option<String>,
    /// Days until the latest end of a running subscription, not counting today; `None` if no product's subscription runs.
    pub days_left: Option<i64>,
    pub status: TokenStatus,
    /// Why it is disabled.
    pub status_reason: Option<String>,
    /// Whether an admin disabled it: then it can be enabled.
    pub is_disabled_by_admin: bool,
    /// Whether its user or service user was deactivated or left the project.
    pub is_owner_inactive: bool,
    /// Whether it is older than 30 days and has no pull in the last 30 days.
    pub is_unused: bool,
    /// The end of the overlap, in which a former secret works too (Unix seconds).
    pub overlap_until: Option<i64>,
    /// Keys of the products that Re-sync would add.
    pub products_to_add: Vec<String>,
    /// The day until which Re-sync makes it work, if that is later than without (ISO date, UTC).
    pub resync_end: Option<String>,
    /// The next day on which the subscription to one of its products begins again, after a gap (ISO date, UTC).
    pub next_start: Option<String>,
    /// Counts re-generations; the next re-generation must send it back.
    pub generation: i64,
    pub usage: TokenUsage,
}

impl TokenRow {
    /// Days until `subscription_end`, not counting today; `None` if it is the end of a subscription that does not run.
    pub fn days_to_end(&self) -> Option<i64> {
        let is_running = self.products.iter().any(|product| product.running && product.ends == self.subscription_end);
        self.days_left.filter(|_| is_running)
    }

    /// The obstacles that keep its secret from working.
    pub fn obstacles(&self) -> Obstacles {
        let expired = self.days_left.is_none();
        Obstacles {
            disabled: self.is_disabled_by_admin,
            owner_inactive: self.is_owner_inactive,
            expired,
            resync_helps: expired && !self.products_to_add.is_empty(),
        }
    }
}

/// How long a re-generation keeps the former secret working.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Overlap {
    #[default]
    None,
    Hour,
    Day,
    Week,
}

impl Overlap {
    pub const ALL: [Self; 4] = [Self::None, Self::Hour, Self::Day, Self::Week];

    /// Whether a former secret that ends at `ends` works at `now` (Unix seconds).
    pub fn is_running(ends: i64, now: i64) -> bool {
        ends > now && ends <= Self::latest_end(now)
    }

    /// The latest end that an overlap can have at `now`. One with more time left than the longest began while the clock was ahead,
    /// so it is over.
    pub fn latest_end(now: i64) -> i64 {
        let longest = Self::ALL.into_iter().filter_map(Self::seconds).max().unwrap_or_default();
        now + longest + CLOCK_DIFFERENCE
    }

    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::None => None,
            Self::Hour => Some(3_600),
            Self::Day => Some(DAY),
            Self::Week => Some(7 * DAY),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No, end it at once",
            Self::Hour => "For 1 hour",
            Self::Day => "For 24 hours",
            Self::Week => "For 7 days",
        }
    }

    /// The value in a form.
    pub fn slug(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Hour => "1h",
            Self::Day => "24h",
            Self::Week => "7d",
        }
    }

    /// The inverse of [`Overlap::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|overlap| overlap.slug() == slug)
    }
}

/// The usage of a token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenUsage {
    /// Granted pulls of the last 30 days.
    pub pulls: i64,
    /// The last use ever (Unix seconds).
    pub last_at: Option<i64>,
    pub last_address: String,
    /// The client's name, such as `containerd`.
    pub last_client: String,
}

/// A new secret, sent once to the user who requested it.
///
/// Deliberately not `Clone`, and its `Debug` is redacted: it exists in one response and one dialog.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealedSecret {
    pub token_name: String,
    pub login_name: String,
    pub secret: String,
    /// The registry's host as customers type it.
    pub registry: String,
    /// The snippets to paste, with the secret in them if a file contains it.
    pub tools: Vec<Tool>,
    /// The text of *Download as file*.
    pub backup: String,
    /// The obstacles that keep it from working. A new token has none.
    pub obstacles: Obstacles,
}

impl std::fmt::Debug for RevealedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RevealedSecret").field("login_name", &self.login_name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::TokenStatus::{self, Active, Disabled, Expired, ExpiringSoon};

    #[test]
    fn the_first_status_that_applies_wins() {
        assert_eq!(TokenStatus::of(true, Some(900)), Disabled);
        assert_eq!(TokenStatus::of(true, None), Disabled);
        assert_eq!(TokenStatus::of(false, None), Expired);
        assert_eq!(TokenStatus::of(false, Some(0)), ExpiringSoon);
        assert_eq!(TokenStatus::of(false, Some(30)), ExpiringSoon);
        assert_eq!(TokenStatus::of(false, Some(31)), Active);
    }
}
