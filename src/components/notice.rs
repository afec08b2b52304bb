//! One line that says what happened; screen readers hear it.

use leptos::prelude::*;

use super::tokens_island::Tokens;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeText {
    pub text: String,
    pub is_error: bool,
}

/// The line above the table; empty until something happened.
#[component]
pub fn Notice() -> impl IntoView {
    let Tokens { notice, .. } = expect_context();
    let is_error = move || notice.with(|notice| notice.as_ref().is_some_and(|notice| notice.is_error));
    view! {
        <div class="notice" role="status" class:notice-error=is_error>
            {move || notice.get().map(|said| view! {
                <p>{said.text}</p>
                <button class="button button-quiet" type="button" on:click=move |_| notice.set(None)>"Dismiss"</button>
            })}
        </div>
    }
}
