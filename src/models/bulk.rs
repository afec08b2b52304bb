//! Bulk changes: one change to many tokens.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

use super::{obstacles::Obstacles, token_action::TokenAction};

/// The maximum number of tokens per call. For more tokens the browser checks them all once, then sends chunks.
pub const MAX_CHANGED: usize = 500;

/// The maximum number of tokens per check.
pub const MAX_CHECKED: usize = 10_000;

/// The action to apply to each token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkAction {
    Resync,
    Disable {
        reason: String,
    },
    Enable,
    Delete {
        /// The typed confirmation: see [`super::confirmation`].
        confirm: String,
        /// The total number of tokens to delete, over all calls.
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

/// The outcome for each token id, sorted within the response of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    pub done: Vec<String>,
    /// Unchanged tokens: no product to add, already disabled, or not disabled.
    pub unchanged: Vec<String>,
    pub failed: Vec<(String, AppError)>,
    /// The changed tokens whose secret does not work, with the obstacles: after the change or, for deleted tokens, before it.
    pub blocked: Vec<(String, Obstacles)>,
    /// The products that Re-sync added, each once.
    pub added: Vec<String>,
}

impl BulkOutcome {
    /// Those of `ids` that the change still has to do: they failed, or were not attempted.
    pub fn left(&self, ids: &[String]) -> Vec<String> {
        let mut over = [self.done.as_slice(), &self.unchanged].concat();
        over.sort_unstable();
        ids.iter().filter(|id| over.binary_search(id).is_err()).cloned().collect()
    }

    /// Appends the outcome of the next chunk.
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

#[cfg(test)]
mod tests {
    use crate::error::AppError;

    use super::BulkOutcome;

    #[test]
    fn what_failed_and_what_was_not_attempted_is_left() {
        let ids = ["done", "unchanged", "failed", "later", "last"].map(str::to_owned);
        let [done, unchanged, failed, ..] = ids.clone();
        let outcome = BulkOutcome {
            done: vec![done],
            unchanged: vec![unchanged],
            failed: vec![(failed, AppError::NoAnswer)],
            ..BulkOutcome::default()
        };
        assert_eq!(outcome.left(&ids), ["failed", "later", "last"]);
        assert_eq!(BulkOutcome::default().left(&ids), ids);
    }
}
