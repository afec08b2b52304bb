//! The changes that the change dialog can make to one or many tokens.

use super::{bulk::BulkAction, token_action::TokenAction};

/// The change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Resync,
    Disable,
    Enable,
    Delete,
}

impl Change {
    /// The inverse of [`TokenAction::slug`]; `None` for an action that is not available for many tokens.
    pub fn parse(slug: &str) -> Option<Self> {
        [Self::Resync, Self::Disable, Self::Enable, Self::Delete].into_iter().find(|change| change.token_action().slug() == slug)
    }

    /// The same action on a single token.
    pub const fn token_action(self) -> TokenAction {
        match self {
            Self::Resync => TokenAction::Resync,
            Self::Disable => TokenAction::Disable,
            Self::Enable => TokenAction::Enable,
            Self::Delete => TokenAction::Delete,
        }
    }

    /// The bulk action for `all` tokens. `typed` is the text of the dialog's field: a reason or a confirmation.
    pub fn action(self, typed: String, all: usize) -> BulkAction {
        match self {
            Self::Resync => BulkAction::Resync,
            Self::Disable => BulkAction::Disable { reason: typed },
            Self::Enable => BulkAction::Enable,
            Self::Delete => BulkAction::Delete { confirm: typed, all },
        }
    }
}
