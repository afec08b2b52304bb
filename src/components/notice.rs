//! One line that says what happened; screen readers hear it. Where it can be taken back, it can be taken back here.

use leptos::{prelude::*, task::spawn_local};
use maud::html;

use crate::models::bulk::BulkAction;

use super::{
    change_dialog,
    follow::{What, follow},
    tokens::{NoticeText, Offer, Tokens},
};

/// Does the opposite of what was done to these tokens.
pub fn undo(tokens: Tokens, action: BulkAction, ids: Vec<String>) {
    spawn_local(async move {
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
            Some(error) => {
                let offer = Some(Offer::Undo(action, left));
                tokens.notice.set(Some(NoticeText { text: error.to_string(), is_error: true, offer }));
            }
        }
        tokens.refresh(vec!["tokens-title".to_owned()]);
    });
}

/// Does what the line offers.
pub fn take_offer(tokens: Tokens) {
    let offer = tokens.notice.get_untracked().and_then(|said| said.offer);
    tokens.notice.set(None);
    match (offer, tokens.deferred.get_untracked()) {
        // What can be taken back was done with that code.
        (Some(Offer::Undo(action, ids)), Some(code)) => (code.undo)(tokens, action, ids),
        _ => tokens.refresh(vec!["tokens-title".to_owned()]),
    }
}

const ID: &str = "notice";

/// The line above the table; empty until something happened.
#[component]
pub fn Notice() -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! { <div id=ID class="notice" class:notice-error=is_error(tokens) role="status" inner_html=line(tokens)></div> }
}

/// Keeps it as what happened last.
pub fn follow_what_happens(tokens: Tokens) {
    follow(ID, What::Class("notice-error"), move || is_error(tokens).then(String::new));
    follow(ID, What::Html, move || Some(line(tokens)));
}

fn is_error(tokens: Tokens) -> bool {
    tokens.notice.with(|said| said.as_ref().is_some_and(|said| said.is_error))
}

fn line(tokens: Tokens) -> String {
    tokens.notice.with(|said| said.as_ref().map(line_of).unwrap_or_default())
}

fn line_of(said: &NoticeText) -> String {
    let line = html! {
        p { (said.text) }
        @if let Some(offer) = &said.offer {
            button.button.button-quiet type="button" data-do="take-offer" {
                (if *offer == Offer::TryAgain { "Try again" } else { "Undo" })
            }
        }
        button.button.button-quiet type="button" data-do="dismiss" { "Dismiss" }
    };
    line.into_string()
}
