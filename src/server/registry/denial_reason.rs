//! Why a login was denied, and the remedy: for the log, the audit trail and the token's page, never for the client.

use crate::models::disabled::DisabledBecause;

/// The reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DenialReason {
    /// For a publisher: the two cases are not distinguished.
    UnknownNameOrWrongSecret,
    UnknownName,
    WrongSecret,
    Disabled,
    OwnerDeactivated,
    OwnerLeft,
    Expired,
    /// The header and the form hold different credentials.
    Contradicting,
}

impl DenialReason {
    pub const ALL: [Self; 8] = [
        Self::UnknownNameOrWrongSecret,
        Self::UnknownName,
        Self::WrongSecret,
        Self::Disabled,
        Self::OwnerDeactivated,
        Self::OwnerLeft,
        Self::Expired,
        Self::Contradicting,
    ];

    /// The text in the log and in the audit trail.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownNameOrWrongSecret => "unknown name or wrong secret",
            Self::UnknownName => "unknown name",
            Self::WrongSecret => "wrong secret",
            Self::Disabled => "disabled",
            Self::OwnerDeactivated => "owner deactivated",
            Self::OwnerLeft => "owner left the project",
            Self::Expired => "expired",
            Self::Contradicting => "header and form differ",
        }
    }

    /// What was the case, in the words of a token's page.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Disabled => "the token was disabled",
            Self::OwnerDeactivated => "its owner was deactivated",
            Self::OwnerLeft => "its owner left the project",
            Self::Expired => "no subscription to its products was running",
            _ => self.as_str(),
        }
    }

    /// Whether the secret was right.
    pub const fn is_of_right_secret(self) -> bool {
        match self {
            Self::Disabled | Self::OwnerDeactivated | Self::OwnerLeft | Self::Expired => true,
            Self::UnknownName | Self::UnknownNameOrWrongSecret | Self::WrongSecret | Self::Contradicting => false,
        }
    }

    pub const fn remedy(self) -> Remedy {
        match self {
            Self::WrongSecret => Remedy::NewestSecret,
            Self::Disabled | Self::OwnerDeactivated | Self::OwnerLeft => Remedy::TokenMustWork,
            Self::Expired => Remedy::SubscriptionMustRun,
            Self::UnknownName | Self::UnknownNameOrWrongSecret | Self::Contradicting => Remedy::Do(""),
        }
    }

    /// The detail of a right secret's login above the rate limit. The same each time, so that repeated ones are summed.
    pub fn throttled(self) -> String {
        format!("too many failures; {}", self.in_words())
    }

    /// The inverse of [`DenialReason::throttled`]; `None` for a wrong secret.
    pub fn of_throttled(detail: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.is_of_right_secret() && detail.ends_with(reason.in_words()))
    }

    /// The inverse of [`DenialReason::as_str`]; `None` for the text of another version.
    pub fn parse(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == words)
    }
}

/// What makes a denied login succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// A sentence without its full stop; empty if it is not known.
    Do(&'static str),
    /// A lost one can be replaced, unless the project is closed.
    NewestSecret,
    /// Depends on what keeps the token from working today.
    TokenMustWork,
    /// Depends on today's subscriptions.
    SubscriptionMustRun,
}

impl From<DisabledBecause> for DenialReason {
    fn from(because: DisabledBecause) -> Self {
        match because {
            DisabledBecause::ByAdmin => Self::Disabled,
            DisabledBecause::OwnerDeactivated => Self::OwnerDeactivated,
            DisabledBecause::OwnerLeft => Self::OwnerLeft,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DenialReason;

    #[test]
    fn each_reason_is_known_by_its_words() {
        for reason in DenialReason::ALL {
            assert_eq!(DenialReason::parse(reason.as_str()), Some(reason));
        }
        assert_eq!(DenialReason::parse("odd"), None);
    }
}
