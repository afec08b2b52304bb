//! What one dialog does to one token or to many.

use super::bulk::BulkAction;

/// The change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Resync,
    Disable,
    Enable,
    Delete,
}

impl Change {
    /// The word in addresses and forms.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Resync => "resync",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Delete => "delete",
        }
    }

    /// The inverse of [`Change::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        [Self::Resync, Self::Disable, Self::Enable, Self::Delete].into_iter().find(|change| change.slug() == slug)
    }

    /// What the server is asked to do to `all` tokens. `typed` is what stands in the dialog's field: a reason, or what confirms.
    pub fn action(self, typed: String, all: usize) -> BulkAction {
        match self {
            Self::Resync => BulkAction::Resync,
            Self::Disable => BulkAction::Disable { reason: typed },
            Self::Enable => BulkAction::Enable,
            Self::Delete => BulkAction::Delete { confirm: typed, all },
        }
    }
}
