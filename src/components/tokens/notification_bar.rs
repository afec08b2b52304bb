//! One line that says what happened; screen readers hear it. What can be done about it is done here.

use gloo_timers::callback::Interval;
use leptos::{html, prelude::*};

use crate::{
    components::{
        common::{
            alert::SIGN_IN_AGAIN,
            copy_field::{CLEARED, NOT_CLEARED},
            effect::effect,
            notifications::{Notification, NotificationAction, Notifications},
            scope::PageScope,
        },
        dialogs::change::{Progress, run_in_chunks},
    },
    dom::clipboard,
    models::bulk::BulkAction,
    paths,
};

use super::{
    focus::{Focus, FocusTarget},
    token_list::ProjectTokens,
};

/// What went well goes after this time, in milliseconds, unless somebody points at it or has the focus in it.
const STAYS: u32 = 10_000;

/// The line; empty until something happened. An error stays, and interrupts a screen reader.
#[component]
pub fn NotificationBar() -> impl IntoView {
    let notifications: Notifications = expect_context();
    let bar = NodeRef::<html::Div>::new();
    let is_error = move || notifications.current().is_some_and(|notification| notification.is_error);
    effect(move || {
        if notifications.current().is_none_or(|notification| notification.is_error) {
            return;
        }
        let is_touched = move || {
            let bar = bar.try_get_untracked().flatten();
            bar.is_some_and(|bar| bar.matches(":hover, :focus-within") == Ok(true))
        };
        // It ends with the effect: when something else is said, or with the page.
        StoredValue::new_local(Interval::new(STAYS, move || {
            if !is_touched() {
                notifications.dismiss();
            }
        }));
    });
    view! {
        <div
            class="notice"
            class:notice-error=is_error
            role=move || if is_error() { "alert" } else { "status" }
            node_ref=bar
        >
            {move || notifications.current().map(|notification| view! { <Line notification /> })}
        </div>
    }
}

#[component]
fn Line(notification: Notification) -> impl IntoView {
    let notifications: Notifications = expect_context();
    let focus: Focus = expect_context();
    let dismiss = move |_| {
        notifications.dismiss();
        focus.request(FocusTarget::Heading);
    };
    let Notification { text, action, .. } = notification;
    view! {
        <p>{text}</p>
        {action.map(|action| match action {
            NotificationAction::SignIn => view! {
                <a class="button button-quiet" href=paths::SIGN_IN target="_blank">{SIGN_IN_AGAIN}</a>
            }
            .into_any(),
            action => view! { <ActionButton action /> }.into_any(),
        })}
        <button class="button button-quiet" type="button" on:click=dismiss>"Dismiss"</button>
    }
}

#[component]
fn ActionButton(action: NotificationAction) -> impl IntoView {
    let notifications: Notifications = expect_context();
    let tokens: ProjectTokens = expect_context();
    let focus: Focus = expect_context();
    let scope: PageScope = expect_context();
    let label = match action {
        NotificationAction::Undo(..) => "Undo",
        NotificationAction::ClearClipboard => "Clear clipboard",
        NotificationAction::TryAgain | NotificationAction::SignIn => "Try again",
    };
    let act = move |_| {
        let action = action.clone();
        notifications.dismiss();
        focus.request(FocusTarget::Heading);
        scope.spawn(async move {
            match action {
                NotificationAction::Undo(action, ids) => undo(tokens, notifications, action, ids).await,
                NotificationAction::ClearClipboard => {
                    notifications.notify(if clipboard::write("").await { CLEARED } else { NOT_CLEARED });
                }
                NotificationAction::TryAgain | NotificationAction::SignIn => tokens.refresh(),
            }
        });
    };
    view! { <button class="button button-quiet" type="button" on:click=act>{label}</button> }
}

/// Does the opposite of what was done to these tokens.
async fn undo(tokens: ProjectTokens, notifications: Notifications, action: BulkAction, ids: Vec<String>) {
    let undone = run_in_chunks(tokens.key(), &ids, &action, Progress::default()).await;
    let (error, left) = match undone {
        Ok(mut outcome) => match outcome.failed.pop() {
            None => (None, Vec::new()),
            Some((id, error)) => (Some(error), outcome.failed.into_iter().map(|(id, _)| id).chain([id]).collect()),
        },
        Err(error) => (Some(error), ids),
    };
    match error {
        None => notifications.notify("It is as it was before."),
        // What is left to undo can be tried again.
        Some(error) => notifications.notify_error(&error, Some(NotificationAction::Undo(action, left))),
    }
    tokens.refresh();
}
