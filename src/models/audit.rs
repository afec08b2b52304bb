//! The actions of the audit trail, and the words that it stores for them.

/// An action with its word in the audit trail.
pub trait Action: Copy {
    /// The word that is stored.
    fn as_str(self) -> &'static str;
}

macro_rules! actions {
    ($(#[$about:meta])* $name:ident { $($variant:ident => $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($variant,)*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The inverse of [`Action::as_str`]; `None` for a word of another version.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == word)
            }
        }

        impl Action for $name {
            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

actions! {
    /// A completed change. Its audit entry is written in the same transaction.
    ChangeAction {
        SignIn => "sign_in",
        PasswordSet => "user.password_set",
        UserDeactivated => "user.deactivated",
        PublisherCreated => "publisher.created",
        PublisherDeleted => "publisher.deleted",
        CatalogueImported => "catalogue.imported",
        TokenGenerated => "token.generated",
        TokenResynced => "token.resynced",
        SecretRegenerated => "token.secret_regenerated",
        TokenDisabled => "token.disabled",
        TokenEnabled => "token.enabled",
        OverlapEnded => "token.overlap_ended",
        TokenDeleted => "token.deleted",
    }
}

actions! {
    /// A denied request.
    DenialAction {
        SignIn => "sign_in.denied",
        SignInThrottled => "sign_in.throttled.denied",
        Project => "project.denied",
        TokenGenerate => "token.generate.denied",
        TokenView => "token.view.denied",
        TokenCheck => "token.check.denied",
        TokenResync => "token.resync.denied",
        TokenRegenerate => "token.regenerate.denied",
        TokenDisable => "token.disable.denied",
        TokenEnable => "token.enable.denied",
        TokenEndOverlap => "token.end_overlap.denied",
        TokenDelete => "token.delete.denied",
        RegistryLogin => "registry.login.denied",
        RegistryAccess => "registry.access.denied",
        RegistryThrottled => "registry.throttled.denied",
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, ChangeAction, DenialAction};

    #[test]
    fn denials_are_told_from_changes_by_their_words() {
        for change in ChangeAction::ALL {
            assert!(!change.as_str().ends_with(".denied"), "{change:?}");
            assert_eq!((ChangeAction::parse(change.as_str()), DenialAction::parse(change.as_str())), (Some(*change), None));
        }
        for denial in DenialAction::ALL {
            assert!(denial.as_str().ends_with(".denied"), "{denial:?}");
            assert_eq!((DenialAction::parse(denial.as_str()), ChangeAction::parse(denial.as_str())), (Some(*denial), None));
        }
    }
}
