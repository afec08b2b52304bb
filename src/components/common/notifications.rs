//! The state of the page's notification: the last result or error. Each feature renders it with its own actions.

use leptos::prelude::*;

use crate::{error::AppError, models::bulk::BulkAction};

/// One line of text, with an optional action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub text: String,
    pub is_error: bool,
    pub action: Option<NotificationAction>,
}

/// The one-click action that a notification offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationAction {
    /// Applies this action to the tokens with these ids: the opposite of what was done.
    Undo(BulkAction, Vec<String>),
    /// Fetches the list again.
    TryAgain,
    /// Clears the copied secret from the clipboard.
    ClearClipboard,
    /// Opens the sign-in page for a new session.
    SignIn,
    /// Clears the filters that hide the token with this id, and moves to its row. `in_clipboard` says whether the token's secret
    /// may still be in the clipboard.
    ShowToken { id: String, in_clipboard: bool },
    /// Reloads the page.
    Reload,
}

/// Shown as long as the clipboard may hold a secret.
pub const IN_CLIPBOARD: &str = "The secret is still in the clipboard.";

/// The notification of the page.
#[derive(Clone, Copy)]
pub struct Notifications(RwSignal<Option<Notification>>);

impl Notifications {
    pub fn new(first: Option<Notification>) -> Self {
        Self(RwSignal::new(first))
    }

    pub fn current(self) -> Option<Notification> {
        self.0.get()
    }

    pub fn dismiss(self) {
        self.0.set(None);
    }

    pub fn show(self, notification: Notification) {
        self.0.set(Some(notification));
    }

    /// Shows a success message.
    pub fn notify(self, text: impl Into<String>) {
        self.show(Notification { text: text.into(), is_error: false, action: None });
    }

    /// Shows an error, with an action. A signed-out user is offered *Sign in*; a page from before an update is offered *Reload*.
    pub fn notify_error(self, error: &AppError, action: Option<NotificationAction>) {
        let action = match error {
            AppError::Unauthenticated => Some(NotificationAction::SignIn),
            AppError::Updated { .. } => Some(NotificationAction::Reload),
            _ => action,
        };
        self.show(Notification { text: error.to_string(), is_error: true, action });
    }
}
