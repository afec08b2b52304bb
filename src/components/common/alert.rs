//! What is wrong, beyond the fields.

use leptos::prelude::*;

use crate::{error::AppError, paths};

use super::text::whole;

/// The link to a new session.
pub const SIGN_IN_AGAIN: &str = "Sign in in another tab";

/// Shown, and said aloud, while there is an error. Where the session has ended: the way to a new one, in another tab, so
/// that nothing typed here is lost.
#[component]
pub fn Alert(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    let text = move || error.with(|error| error.as_ref().map(ToString::to_string));
    let is_signed_out = move || error.with(|error| *error == Some(AppError::Unauthenticated));
    view! {
        <p
            class="alert"
            role="alert"
            hidden=move || error.with(Option::is_none)
            inner_html=whole(move || text().unwrap_or_default())
        ></p>
        <p hidden=move || !is_signed_out()><a href=paths::SIGN_IN target="_blank">{SIGN_IN_AGAIN}</a></p>
    }
}
