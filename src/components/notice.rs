//! One line that says what happened; screen readers hear it. Where it can be taken back, it can be taken back here.

use leptos::{prelude::*, task::spawn_local};

use super::{
    change_dialog,
    shared::shared,
    tokens::{NoticeText, Offer, Tokens},
};

/// The line above the table; empty until something happened.
#[component]
pub fn Notice() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let notice = tokens.notice;
    let is_error = shared(move || notice.with(|notice| notice.as_ref().is_some_and(|notice| notice.is_error)));
    let dismiss = move |_| {
        notice.set(None);
        tokens.keep_focus(Vec::new());
    };
    let take = move |_| {
        let offer = notice.get_untracked().and_then(|said| said.offer);
        notice.set(None);
        spawn_local(async move {
            if let Some(Offer::Undo(action, ids)) = offer {
                let undone = change_dialog::run(tokens.project_key(), &ids, &action, RwSignal::new(0)).await;
                let (error, left) = match undone {
                    Ok(mut outcome) => match outcome.failed.pop() {
                        None => (None, Vec::new()),
                        Some((id, error)) => (Some(error), outcome.failed.into_iter().map(|(id, _)| id).chain([id]).collect()),
                    },
                    Err(error) => (Some(error), ids),
                };
                match error {
                    None => tokens.say("It is as it was before."),
                    // What is left to undo can be tried again.
                    Some(error) => notice.set(Some(NoticeText {
                        text: error.to_string(),
                        is_error: true,
                        offer: Some(Offer::Undo(action, left)),
                    })),
                }
            }
            tokens.refresh(vec!["tokens-title".to_owned()]);
        });
    };
    view! {
        <div class="notice" role="status" class:notice-error=is_error>
            {move || notice.get().map(|said| view! {
                <p>{said.text}</p>
                {said.offer.map(|offer| view! {
                    <button class="button button-quiet" type="button" on:click=take>
                        {if offer == Offer::TryAgain { "Try again" } else { "Undo" }}
                    </button>
                })}
                <button class="button button-quiet" type="button" on:click=dismiss>"Dismiss"</button>
            })}
        </div>
    }
}
