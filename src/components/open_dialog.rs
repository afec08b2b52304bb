//! The state of the dialogs on a project's page.

use leptos::prelude::*;

use crate::models::{change::Change, form_answer::RefusedForm, token::TokenRow, token_action::TokenAction};

/// A dialog and the tokens it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    Generate,
    Regenerate(Box<TokenRow>),
    /// One token or many.
    Change(Change, Vec<TokenRow>),
}

impl Dialog {
    /// Parses `generate`, or an action and a token id such as `delete-ID`. `row` looks up the token.
    pub fn parse(text: &str, row: impl FnOnce(&str) -> Option<TokenRow>) -> Option<Self> {
        if text == "generate" {
            return Some(Self::Generate);
        }
        let (action, id) = text.split_once('-')?;
        if action == TokenAction::Regenerate.slug() {
            return row(id).map(|row| Self::Regenerate(Box::new(row)));
        }
        let change = Change::parse(action)?;
        Some(Self::Change(change, vec![row(id)?]))
    }

    /// Whether the dialog stops a secret from working; it then shows the token's recent usage.
    pub fn ends_something(&self) -> bool {
        matches!(self, Self::Regenerate(_) | Self::Change(Change::Disable | Change::Delete, _))
    }
}

/// The dialog that is open.
#[derive(Clone, Copy)]
pub struct OpenDialog {
    open: RwSignal<Option<Dialog>>,
    /// The form post that the server refused before hydration. The dialog that shows it takes it.
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
