//! One change to many tokens at once.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

use super::obstacles::Obstacles;

/// The most tokens that one call may change; whoever has more sends them in chunks, after one check of them all.
pub const MAX_CHANGED: usize = 500;

/// The most tokens that one check may name.
pub const MAX_CHECKED: usize = 10_000;

/// What is to be done to each of the tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkAction {
    Resync,
    Disable {
        reason: String,
    },
    Enable,
    Delete {
        /// What was typed: see [`super::confirmation`].
        confirm: String,
        /// How many tokens are deleted in all, where they come in several calls.
        all: usize,
    },
}

impl BulkAction {
    /// What its button says.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Resync => "Re-sync Products",
            Self::Disable { .. } => "Disable",
            Self::Enable => "Enable",
            Self::Delete { .. } => "Delete",
        }
    }

    /// What a token is afterwards.
    pub fn done(&self) -> &'static str {
        match self {
            Self::Resync => "re-synced",
            Self::Disable { .. } => "disabled",
            Self::Enable => "enabled",
            Self::Delete { .. } => "deleted",
        }
    }

    /// Whether only a customer admin may do it.
    pub fn is_for_admins(&self) -> bool {
        matches!(self, Self::Disable { .. } | Self::Enable)
    }
}

/// What became of each token, by id; sorted as far as one call answers it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    pub done: Vec<String>,
    /// There was nothing to do: no product to add, paused already, not paused.
    pub unchanged: Vec<String>,
    pub failed: Vec<(String, AppError)>,
    /// Of those done, the ones whose secret does not work, with why: after the change or, of deleted ones, before it.
    pub blocked: Vec<(String, Obstacles)>,
    /// The products that Re-sync added, each once.
    pub added: Vec<String>,
}

impl BulkOutcome {
    /// Adds what became of the next chunk.
    pub fn append(&mut self, next: Self) {
        self.done.extend(next.done);
        self.unchanged.extend(next.unchanged);
        self.failed.extend(next.failed);
        self.blocked.extend(next.blocked);
        self.added.extend(next.added);
        self.added.sort_unstable();
        self.added.dedup();
    }
}
