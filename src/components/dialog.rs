//! Which dialog stands open, and mounting it.

use leptos::{either::EitherOf5, mount::mount_to, prelude::*};

use crate::{
    browser,
    models::{bulk::BulkAction, token::TokenRow},
};

use super::{
    change_dialog::ChangeDialog, deferred, generate_dialog::GenerateDialog, regenerate_dialog::RegenerateDialog,
    secret_reveal_once::SecretRevealOnce, tokens::Tokens,
};

/// The dialog that stands open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    Generate,
    Regenerate(Box<TokenRow>),
    /// One token or many.
    Change(Change, Vec<TokenRow>),
}

/// What one dialog does to one token or to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Resync,
    Disable,
    Enable,
    Delete,
}

impl Change {
    /// The word in addresses and ids.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Resync => "resync",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Delete => "delete",
        }
    }

    /// Reads [`Change::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        [Self::Resync, Self::Disable, Self::Enable, Self::Delete].into_iter().find(|change| change.slug() == slug)
    }

    /// What the server is asked to do.
    pub fn action(self, reason: String) -> BulkAction {
        match self {
            Self::Resync => BulkAction::Resync,
            Self::Disable => BulkAction::Disable { reason },
            Self::Enable => BulkAction::Enable,
            Self::Delete => BulkAction::Delete,
        }
    }
}

impl Dialog {
    /// Whether it says what used a token lately.
    pub fn ends_something(&self) -> bool {
        matches!(self, Self::Regenerate(_) | Self::Change(Change::Disable | Change::Delete, _))
    }

    /// `generate`, or an action and a token's id: `delete-ID`. `row` finds the token.
    pub fn parse(text: &str, row: impl FnOnce(&str) -> Option<TokenRow>) -> Option<Self> {
        if text == "generate" {
            return Some(Self::Generate);
        }
        let (action, id) = text.split_once('-')?;
        if action == "regenerate" {
            return row(id).map(|row| Self::Regenerate(Box::new(row)));
        }
        let change = Change::parse(action)?;
        Some(Self::Change(change, vec![row(id)?]))
    }
}

/// The element that dialogs are mounted in.
pub const DIALOGS_ID: &str = "tokens-dialogs";

/// Mounts whichever dialog is open. The server renders an open dialog as plain HTML in the same place; here it is
/// made anew, so that no dialog is ever hydrated and the browser code does not carry that twice.
pub fn open_dialogs(tokens: Tokens) {
    Effect::new(move |open: Option<Option<Mounted>>| {
        let is_open = tokens.revealed.with(Option::is_some) || tokens.dialog.with(Option::is_some);
        drop(open);
        let Some(code) = tokens.deferred.get() else {
            if is_open {
                deferred::load(tokens);
            }
            return None;
        };
        let place = browser::element(DIALOGS_ID)?;
        if is_open {
            return Some((code.mount_dialog)(place));
        }
        place.set_inner_html("");
        None
    });
}

/// A mounted dialog; it goes when this is dropped.
pub type Mounted = Box<dyn std::any::Any>;

/// Mounts the dialog that is open, with what was filled in where the server rendered it.
pub fn mount_dialog(place: web_sys::HtmlElement) -> Mounted {
    let filled = browser::fields::read(&place);
    place.set_inner_html("");
    let mounted = Box::new(mount_to(place, || view! { <OpenDialog /> }));
    browser::fields::fill(filled);
    mounted
}

/// The dialog that is open, if one is.
#[component]
pub fn OpenDialog() -> impl IntoView {
    let tokens: Tokens = expect_context();
    if tokens.revealed.with_untracked(Option::is_some) {
        return EitherOf5::A(view! { <SecretRevealOnce /> });
    }
    match tokens.dialog.get_untracked() {
        None => EitherOf5::B(()),
        Some(Dialog::Generate) => EitherOf5::C(view! { <GenerateDialog /> }),
        Some(Dialog::Regenerate(row)) => EitherOf5::D(view! { <RegenerateDialog row=*row /> }),
        Some(Dialog::Change(change, rows)) => EitherOf5::E(view! { <ChangeDialog change rows /> }),
    }
}
