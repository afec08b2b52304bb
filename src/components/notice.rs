//! One line that says what happened; screen readers hear it. Where it can be taken back, it can be taken back here.

use leptos::{prelude::*, task::spawn_local};

use crate::api::tokens::change_tokens;

use super::{
    shared::shared,
    tokens::{NoticeText, Tokens},
};

/// The line above the table; empty until something happened.
#[component]
pub fn Notice() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let notice = tokens.notice;
    let is_error = shared(move || notice.with(|notice| notice.as_ref().is_some_and(|notice| notice.is_error)));
    let undo = move |_| {
        let Some(NoticeText { undo: Some((action, ids)), .. }) = notice.get_untracked() else { return };
        notice.set(None);
        spawn_local(async move {
            match change_tokens(tokens.project_key(), ids, action).await {
                Ok(_) => tokens.say("It is as it was before."),
                Err(error) => tokens.say_error(&error),
            }
            tokens.refresh(Vec::new());
        });
    };
    view! {
        <div class="notice" role="status" class:notice-error=is_error>
            {move || notice.get().map(|said| view! {
                <p>{said.text}</p>
                {said.undo.is_some().then(|| view! { <button class="button button-quiet" type="button" on:click=undo>"Undo"</button> })}
                <button class="button button-quiet" type="button" on:click=move |_| notice.set(None)>"Dismiss"</button>
            })}
        </div>
    }
}
