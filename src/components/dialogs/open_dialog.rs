//! Which dialog of a project's page is open.

use leptos::prelude::*;

use crate::models::{bulk::BulkAction, form_answer::RefusedForm, token::TokenRow};

/// A dialog and the tokens it is about.
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
    /// The word in addresses and forms.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Resync => "resync",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Delete => "delete",
        }
    }

    /// The inverse of [`Change::slug`].
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

    /// Whether it says what used a token lately.
    pub fn ends_something(&self) -> bool {
        matches!(self, Self::Regenerate(_) | Self::Change(Change::Disable | Change::Delete, _))
    }
}

/// The dialog that is open.
#[derive(Clone, Copy)]
pub struct OpenDialog {
    open: RwSignal<Option<Dialog>>,
    /// What a form was refused before there was a script; the dialog that shows it takes it.
    refused: StoredValue<Option<RefusedForm>>,
}

impl OpenDialog {
    pub fn new(open: Option<Dialog>, refused: Option<RefusedForm>) -> Self {
        Self { open: RwSignal::new(open), refused: StoredValue::new(refused) }
    }

    pub fn show(self, dialog: Dialog) {
        self.open.set(Some(dialog));
    }

    pub fn close(self) {
        self.open.set(None);
    }

    /// Tracked.
    pub fn current(self) -> Option<Dialog> {
        self.open.get()
    }

    pub fn take_refused(self) -> Option<RefusedForm> {
        self.refused.try_update_value(Option::take).flatten()
    }
}
