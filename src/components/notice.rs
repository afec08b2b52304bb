//! One line that says what happened; screen readers hear it. Where it can be taken back, it can be taken back here.

use leptos::{prelude::*, task::spawn_local};

use super::{
    change_dialog,
    shared::shared,
    tokens::{Offer, Tokens},
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
                match change_dialog::run(tokens.project_key(), &ids, &action, RwSignal::new(0)).await {
                    Ok(_) => tokens.say("It is as it was before."),
                    Err(error) => tokens.say_error(&error),
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
