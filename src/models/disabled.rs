//! Why a token is disabled.

/// Why a token gives no access, whatever its subscriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisabledBecause {
    /// An admin disabled it.
    ByAdmin,
    /// Its user or service user was deactivated.
    OwnerDeactivated,
    /// Its user or service user is no longer in the project.
    OwnerLeft,
}

impl DisabledBecause {
    /// Returns the first reason that applies; `None` if the token is not disabled.
    pub fn of(by_admin: bool, owner_active: bool, owner_present: bool) -> Option<Self> {
        match (by_admin, owner_active, owner_present) {
            (true, ..) => Some(Self::ByAdmin),
            (_, false, _) => Some(Self::OwnerDeactivated),
            (.., false) => Some(Self::OwnerLeft),
            (false, true, true) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DisabledBecause::{self, ByAdmin, OwnerDeactivated, OwnerLeft};

    #[test]
    fn the_first_reason_that_applies_wins() {
        assert_eq!(DisabledBecause::of(false, true, true), None);
        assert_eq!(DisabledBecause::of(false, true, false), Some(OwnerLeft));
        for owner_present in [true, false] {
            assert_eq!(DisabledBecause::of(false, false, owner_present), Some(OwnerDeactivated));
            for owner_active in [true, false] {
                assert_eq!(DisabledBecause::of(true, owner_active, owner_present), Some(ByAdmin));
            }
        }
    }
}
