//! The actions that are offered for one token.

use crate::{
    components::common::icon::Icon,
    models::{token::TokenRow, token_action::TokenAction},
};

/// The actions that are offered to a user who may see the token.
pub fn offered(row: &TokenRow, is_admin: bool) -> impl Iterator<Item = TokenAction> {
    let toggle = if row.is_disabled_by_admin { TokenAction::Enable } else { TokenAction::Disable };
    let actions = [TokenAction::Resync, TokenAction::Regenerate, toggle, TokenAction::Delete];
    actions.into_iter().filter(move |action| is_admin || !action.is_for_admins())
}

pub const fn icon(action: TokenAction) -> Icon {
    match action {
        TokenAction::Resync => Icon::Resync,
        TokenAction::Regenerate => Icon::Key,
        TokenAction::Disable => Icon::Pause,
        TokenAction::Enable => Icon::Play,
        TokenAction::EndOverlap => Icon::EndOverlap,
        TokenAction::Delete => Icon::Trash,
    }
}
