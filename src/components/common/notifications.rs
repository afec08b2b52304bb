//! What happened last, said once: the state. Each feature shows it with what can be done about it.

use leptos::prelude::*;

use crate::{error::AppError, models::bulk::BulkAction};

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub text: String,
    pub is_error: bool,
    pub action: Option<NotificationAction>,
}

/// What can be done about it, in one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationAction {
    /// Does this to the tokens with these ids: the opposite of what was done.
    Undo(BulkAction, Vec<String>),
    /// Asks for the list again.
    TryAgain,
    /// Takes the secret that was copied out of the clipboard.
    ClearClipboard,
    /// Leads to a new session.
    SignIn,
    /// Takes the filters away, which hide the token with this id, and leads to its row; `in_clipboard` tells whether its secret is
    /// in the clipboard still.
    ShowToken { id: String, in_clipboard: bool },
    /// Loads the page anew.
    Reload,
}

/// Said as long as the clipboard may hold a secret.
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

    /// Says what happened.
    pub fn notify(self, text: impl Into<String>) {
        self.show(Notification { text: text.into(), is_error: false, action: None });
    }

    /// Says what did not work, and what can be done about it. Whoever is signed out is led to a new session, and who has a page
    /// of before an update to the one of today.
    pub fn notify_error(self, error: &AppError, action: Option<NotificationAction>) {
        let action = match error {
            AppError::Unauthenticated => Some(NotificationAction::SignIn),
            AppError::Updated { .. } => Some(NotificationAction::Reload),
            _ => action,
        };
        self.show(Notification { text: error.to_string(), is_error: true, action });
    }
}
