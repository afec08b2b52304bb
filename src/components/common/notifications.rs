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
pub struct Notifications {
    current: RwSignal<Option<Notification>>,
    /// Why the list could not be refreshed, if a notification is shown that must stay; else empty.
    stale: RwSignal<String>,
}

impl Notifications {
    pub fn new(first: Option<Notification>) -> Self {
        Self { current: RwSignal::new(first), stale: RwSignal::new(String::new()) }
    }

    pub fn current(self) -> Option<Notification> {
        self.current.get()
    }

    /// The text of a notification, with the reason why the list could not be refreshed; tracked.
    pub fn text(self, text: &str) -> String {
        format!("{text} {}", self.stale.get()).trim_end().to_owned()
    }

    pub fn dismiss(self) {
        self.stale.set(String::new());
        self.current.set(None);
    }

    pub fn show(self, notification: Notification) {
        self.stale.set(String::new());
        self.current.set(Some(notification));
    }

    /// Shows that the list could not be refreshed. An error or a result with an action stays, and the reason is appended.
    pub fn notify_stale(self, error: &AppError) {
        let must_stay = |shown: &Notification| match &shown.action {
            Some(action) => *action != NotificationAction::TryAgain,
            None => shown.is_error,
        };
        let must_stay = self.current.with_untracked(|shown| shown.as_ref().is_some_and(must_stay));
        if must_stay && matches!(error, AppError::Conflict(_) | AppError::Unavailable) {
            self.stale.set(error.to_string());
        } else {
            self.notify_error(error, Some(NotificationAction::TryAgain));
        }
    }

    /// Removes what [`Self::notify_stale`] showed: the list was refreshed.
    pub fn end_stale(self) {
        let is_stale = |shown: &Notification| shown.action == Some(NotificationAction::TryAgain);
        if self.current.with_untracked(|shown| shown.as_ref().is_some_and(is_stale)) {
            self.dismiss();
        } else {
            self.stale.set(String::new());
        }
    }

    /// Shows a success message.
    pub fn notify(self, text: impl Into<String>) {
        self.show(Notification { text: text.into(), is_error: false, action: None });
    }

    /// Shows an error, with an action. A signed-out user is offered *Sign in*; a page that must be loaded again is offered *Reload*.
    pub fn notify_error(self, error: &AppError, action: Option<NotificationAction>) {
        let action = match error {
            AppError::Unauthenticated => Some(NotificationAction::SignIn),
            error if error.needs_reload() => Some(NotificationAction::Reload),
            _ => action,
        };
        self.show(Notification { text: error.to_string(), is_error: true, action });
    }
}
