//! What keeps a token's secret from working, and the remedies. All sentences about that derive from this type.

use serde::{Deserialize, Serialize};

use super::words::in_words;

/// The obstacles to a login; none for a token whose secret works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacles {
    /// An admin disabled it.
    pub disabled: bool,
    /// Its user or service user was deactivated or left the project.
    pub owner_inactive: bool,
    /// No subscription to one of its products is running.
    pub expired: bool,
    /// It is expired, and Re-sync adds a product whose subscription is running.
    pub resync_helps: bool,
}

impl Obstacles {
    /// Whether there is no obstacle, so that the secret works.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// The obstacles after an admin disables it.
    pub fn disabled(self) -> Self {
        Self { disabled: true, ..self }
    }

    /// The obstacles after an admin enables it.
    pub fn enabled(self) -> Self {
        Self { disabled: false, ..self }
    }

    /// The obstacles after Re-sync.
    pub fn resynced(self) -> Self {
        Self { expired: self.expired && !self.resync_helps, resync_helps: false, ..self }
    }

    /// What has to happen before the secret works: `an admin enables it and its owner is active in this project again`. Empty if
    /// it works.
    pub fn until(self, is_one: bool) -> String {
        let words = |is: bool, one: &'static str, many: &'static str| is.then_some(if is_one { one } else { many });
        let all = [
            words(self.disabled, "an admin enables it", "an admin enables them"),
            words(
                self.owner_inactive,
                "its owner is active in this project again",
                "their owners are active in this project again",
            ),
            words(self.resync_helps, "Re-sync adds products that run", "Re-sync adds products that run"),
            words(
                self.expired && !self.resync_helps,
                "a subscription to one of its products runs",
                "a subscription to one of their products runs",
            ),
        ];
        in_words(&all.into_iter().flatten().collect::<Vec<_>>())
    }
}
