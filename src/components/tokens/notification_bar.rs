//! The notification bar: one line with the last result, announced to screen readers, and its action.

use gloo_timers::callback::Interval;
use leptos::{html, prelude::*, task::tick};

use crate::{
    components::common::{
        alert::{RELOAD, SIGN_IN_AGAIN},
        copy_field::{CLEARED, NOT_CLEARED},
        effect::effect,
        notifications::{IN_CLIPBOARD, Notification, NotificationAction, Notifications},
        scope::PageScope,
        text::whole,
    },
    dom::{clipboard, scroll},
    error::AppError,
    models::{bulk::BulkAction, view::View},
    paths,
};

use super::{
    chunks::{Gone, Progress, run_in_chunks},
    focus::{Focus, FocusTarget, RowControl},
    token_list::ProjectTokens,
    view::use_set_view,
};

/// How long a success message stays, in milliseconds, unless it is hovered or has the focus.
const STAYS: u32 = 10_000;

/// The bar; empty until there is a notification. An error stays, and interrupts a screen reader.
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
        // The timer is dropped when the effect runs again or is disposed of with the page.
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
            {move || notifications.current().map(|notification| view! { <Line notification /> }.into_any())}
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
        <p inner_html=whole(move || notifications.text(&text))></p>
        {action.map(|action| match action {
            NotificationAction::SignIn => view! {
                <a class="button button-quiet" href=paths::SIGN_IN target="_blank">{SIGN_IN_AGAIN}</a>
            }
            .into_any(),
            NotificationAction::Reload => view! { <a class="button button-quiet" href="" rel="external">{RELOAD}</a> }.into_any(),
            action => {
                let clears = matches!(action, NotificationAction::ShowToken { in_clipboard: true, .. });
                view! {
                    <ActionButton action />
                    {clears.then(|| view! { <ActionButton action=NotificationAction::ClearClipboard /> }.into_any())}
                }
                .into_any()
            }
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
    let set_view = use_set_view(expect_context());
    let label = match action {
        NotificationAction::Undo(..) => "Undo",
        NotificationAction::ClearClipboard => "Clear clipboard",
        NotificationAction::ShowToken { .. } => "Show it",
        NotificationAction::TryAgain | NotificationAction::SignIn | NotificationAction::Reload => "Try again",
    };
    let act = move |_| {
        let (action, set_view) = (action.clone(), set_view.clone());
        notifications.dismiss();
        if !matches!(action, NotificationAction::ShowToken { .. }) {
            focus.request(FocusTarget::Heading);
        }
        scope.spawn(async move {
            match action {
                NotificationAction::Undo(action, ids) => undo(tokens, notifications, action, ids).await,
                NotificationAction::ClearClipboard => {
                    notifications.notify(if clipboard::write("").await { CLEARED } else { NOT_CLEARED });
                }
                NotificationAction::TryAgain | NotificationAction::SignIn | NotificationAction::Reload => tokens.refresh(),
                NotificationAction::ShowToken { id, in_clipboard } => {
                    // Newest first, so the new token is in the first row.
                    set_view(View::default());
                    scroll::to(0.0);
                    if in_clipboard {
                        let action = Some(NotificationAction::ClearClipboard);
                        notifications.show(Notification { text: IN_CLIPBOARD.to_owned(), is_error: false, action });
                    }
                    tick().await;
                    focus.request(FocusTarget::Row { ids: vec![id], control: RowControl::Held("name".to_owned()) });
                }
            }
        });
    };
    view! { <button class="button button-quiet" type="button" on:click=act inner_html=label></button> }
}

/// Applies `action`, the opposite of the last change, to these tokens.
async fn undo(tokens: ProjectTokens, notifications: Notifications, action: BulkAction, ids: Vec<String>) {
    let undone = run_in_chunks(tokens, &ids, &action, Gone::LeftOut, Progress::default()).await;
    let (error, gone, left) = match undone {
        Ok(outcome) => {
            let is_gone = |error: &AppError| *error == AppError::NotFound;
            let gone = outcome.failed.iter().filter(|(_, error)| is_gone(error)).count();
            let error = outcome.failed.iter().find(|(_, error)| !is_gone(error)).map(|(_, error)| error.clone());
            (error, gone, outcome.left(&ids))
        }
        Err(error) => (Some(error), 0, ids),
    };
    match (error, gone) {
        (None, 0) => notifications.notify("It is as it was before."),
        (None, 1) => notifications.notify("It is as it was before, but for 1 token that is gone."),
        (None, _) => notifications.notify(format!("It is as it was before, but for {gone} tokens that are gone.")),
        // The user can try again to undo the rest.
        (Some(error), _) => notifications.notify_error(&error, Some(NotificationAction::Undo(action, left))),
    }
    tokens.refresh();
}
