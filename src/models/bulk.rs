//! One change to many tokens at once.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

use super::{obstacles::Obstacles, token_action::TokenAction};

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
    /// The same action on a single token.
    pub fn token_action(&self) -> TokenAction {
        match self {
            Self::Resync => TokenAction::Resync,
            Self::Disable { .. } => TokenAction::Disable,
            Self::Enable => TokenAction::Enable,
            Self::Delete { .. } => TokenAction::Delete,
        }
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
