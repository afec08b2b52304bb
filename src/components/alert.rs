//! What is wrong, beyond the fields.

use leptos::prelude::*;

use crate::error::AppError;

use super::shared::shared;

/// Shown, and said aloud, while there is something to say.
#[component]
pub fn Alert<F: Fn() -> String + Copy + Send + 'static>(text: F) -> impl IntoView {
    view! { <p class="alert" role="alert" hidden=shared(move || text().is_empty())>{shared(text)}</p> }
}

/// The link to a new session.
pub const SIGN_IN_AGAIN: &str = "Sign in in another tab";

/// Where the session has ended: the way to a new one, in another tab, so that nothing typed here is lost.
#[component]
pub fn SignInAgain(error: RwSignal<Option<AppError>>) -> impl IntoView {
    let is_signed_out = move || error.with(|error| *error == Some(AppError::Unauthenticated));
    view! {
        <p hidden=shared(move || !is_signed_out())><a href="/sign-in" target="_blank">{SIGN_IN_AGAIN}</a></p>
    }
}
