//! What can be done with one token.

use crate::{components::common::icon::Icon, models::token::TokenRow};

/// What can be done with a token, by whoever may see it: icon, name and the slug of its dialog.
pub fn offered(row: &TokenRow, is_admin: bool) -> impl Iterator<Item = (Icon, &'static str, &'static str)> {
    let pause = if row.is_paused { (Icon::Play, "Enable Token", "enable") } else { (Icon::Pause, "Disable Token", "disable") };
    let actions = [
        Some((Icon::Resync, "Re-sync Products", "resync")),
        Some((Icon::Key, "Re-generate Secret", "regenerate")),
        is_admin.then_some(pause),
        Some((Icon::Trash, "Delete Token", "delete")),
    ];
    actions.into_iter().flatten()
}
