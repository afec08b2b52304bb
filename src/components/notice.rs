//! One line that says what happened; screen readers hear it. Where it can be taken back, it can be taken back here.

use leptos::{prelude::*, task::spawn_local};
use maud::html;

use crate::{browser, models::bulk::BulkAction};

use super::{
    alert::SIGN_IN_AGAIN,
    change_dialog::{self, Progress},
    copy_field::{CLEARED, NOT_CLEARED},
    follow::{What, follow},
    tokens::{NoticeText, Offer, Tokens},
};

/// Does what the line offers, with the code that made the offer.
pub fn answer(tokens: Tokens, offer: Offer) {
    match offer {
        Offer::Undo(action, ids) => undo(tokens, action, ids),
        Offer::ClearClipboard => clear_clipboard(tokens),
        Offer::TryAgain | Offer::SignIn => {}
    }
}

/// Does the opposite of what was done to these tokens.
fn undo(tokens: Tokens, action: BulkAction, ids: Vec<String>) {
    spawn_local(async move {
        let undone = change_dialog::run(tokens.project_key(), &ids, &action, Progress::default()).await;
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
            Some(error) => tokens.refuse(&error, Some(Offer::Undo(action, left))),
        }
        tokens.refresh(vec!["tokens-title".to_owned()]);
    });
}

/// Does what the line offers.
pub fn take_offer(tokens: Tokens) {
    let offer = tokens.notice.get_untracked().and_then(|said| said.offer);
    tokens.notice.set(None);
    match (offer, tokens.deferred.get_untracked()) {
        (Some(offer), Some(code)) if offer != Offer::TryAgain => (code.answer)(tokens, offer),
        _ => tokens.refresh(vec!["tokens-title".to_owned()]),
    }
}

fn clear_clipboard(tokens: Tokens) {
    spawn_local(async move {
        if browser::write_clipboard("").await {
            tokens.is_secret_copied.set(false);
            tokens.say(CLEARED);
        } else {
            tokens.say(NOT_CLEARED);
        }
        tokens.keep_focus(Vec::new());
    });
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
        @match &said.offer {
            None => {}
            Some(Offer::SignIn) => a.button.button-quiet href="/sign-in" target="_blank" { (label(&Offer::SignIn)) },
            Some(offer) => button.button.button-quiet type="button" data-do="take-offer" { (label(offer)) },
        }
        button.button.button-quiet type="button" data-do="dismiss" { "Dismiss" }
    };
    line.into_string()
}

fn label(offer: &Offer) -> &'static str {
    match offer {
        Offer::Undo(..) => "Undo",
        Offer::TryAgain => "Try again",
        Offer::ClearClipboard => "Clear clipboard",
        Offer::SignIn => SIGN_IN_AGAIN,
    }
}
