//! The actions on a token, in one table for the page, the no-JavaScript forms, the server and the audit trail.

use super::audit::{ChangeAction, DenialAction};

/// An action on an existing token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenAction {
    Resync,
    Regenerate,
    Disable,
    Enable,
    EndOverlap,
    Delete,
}

/// A row of the table.
struct Facts {
    slug: &'static str,
    verb: &'static str,
    bulk_verb: &'static str,
    is_for_admins: bool,
    done: ChangeAction,
    denied: DenialAction,
}

impl TokenAction {
    pub const ALL: [Self; 6] = [Self::Resync, Self::Regenerate, Self::Disable, Self::Enable, Self::EndOverlap, Self::Delete];

    const fn facts(self) -> Facts {
        let (slug, verb, bulk_verb, is_for_admins, done, denied) = match self {
            Self::Resync => {
                ("resync", "Re-sync Products", "Re-sync", false, ChangeAction::TokenResynced, DenialAction::TokenResync)
            }
            Self::Regenerate => (
                "regenerate",
                "Re-generate Secret",
                "Re-generate",
                false,
                ChangeAction::SecretRegenerated,
                DenialAction::TokenRegenerate,
            ),
            Self::Disable => {
                ("disable", "Disable Token", "Disable", true, ChangeAction::TokenDisabled, DenialAction::TokenDisable)
            }
            Self::Enable => ("enable", "Enable Token", "Enable", true, ChangeAction::TokenEnabled, DenialAction::TokenEnable),
            Self::EndOverlap => (
                "end-overlap",
                "End overlap now",
                "End overlap",
                false,
                ChangeAction::OverlapEnded,
                DenialAction::TokenEndOverlap,
            ),
            Self::Delete => ("delete", "Delete Token", "Delete", false, ChangeAction::TokenDeleted, DenialAction::TokenDelete),
        };
        Facts { slug, verb, bulk_verb, is_for_admins, done, denied }
    }

    /// The value in addresses and forms.
    pub const fn slug(self) -> &'static str {
        self.facts().slug
    }

    /// The inverse of [`TokenAction::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.slug() == slug)
    }

    /// The label of its button for a single token.
    pub const fn verb(self) -> &'static str {
        self.facts().verb
    }

    /// The label of its button for many tokens.
    pub const fn bulk_verb(self) -> &'static str {
        self.facts().bulk_verb
    }

    /// Whether only a customer admin may do it. Any user who may see a token may do the rest.
    pub const fn is_for_admins(self) -> bool {
        self.facts().is_for_admins
    }

    /// Its action in the audit trail.
    pub const fn done(self) -> ChangeAction {
        self.facts().done
    }

    /// The action of its denial in the audit trail.
    pub const fn denied(self) -> DenialAction {
        self.facts().denied
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::TokenAction;
    use crate::models::audit::Action;

    #[test]
    fn no_two_actions_share_a_word() {
        let words: [fn(TokenAction) -> &'static str; 5] = [
            TokenAction::slug,
            TokenAction::verb,
            TokenAction::bulk_verb,
            |action| action.done().as_str(),
            |action| action.denied().as_str(),
        ];
        for word in words {
            let distinct: HashSet<_> = TokenAction::ALL.into_iter().map(word).collect();
            assert_eq!(distinct.len(), TokenAction::ALL.len(), "{distinct:?}");
        }
        for action in TokenAction::ALL {
            assert_eq!(TokenAction::parse(action.slug()), Some(action));
        }
        assert_eq!(TokenAction::parse("generate"), None);
    }
}
