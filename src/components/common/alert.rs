//! What is wrong, beyond the fields.

use leptos::prelude::*;

use crate::{error::AppError, paths};

use super::text::whole;

/// The link to a new session.
pub const SIGN_IN_AGAIN: &str = "Sign in in another tab";
/// The link to the page as it is now.
pub const RELOAD: &str = "Reload";

/// Shown, and said aloud, while there is an error. Where the session has ended: the way to a new one, in another tab, so
/// that nothing typed here is lost. Where the portal was updated: the page anew, once what was typed is copied.
#[component]
pub fn Alert(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    let text = move || error.with(|error| error.as_ref().map(ToString::to_string));
    // Of one type, so that its code is there once.
    let is_not = |kind: fn(&AppError) -> bool| Signal::derive(move || !error.with(|error| error.as_ref().is_some_and(kind)));
    view! {
        <p class="alert" role="alert" hidden=is_not(|_| true) inner_html=whole(move || text().unwrap_or_default())></p>
        <p hidden=is_not(|error| *error == AppError::Unauthenticated)>
            <a href=paths::SIGN_IN target="_blank">{SIGN_IN_AGAIN}</a>
        </p>
        // An empty address is this page's own; the browser loads it anew, not the router.
        <p hidden=is_not(|error| matches!(error, AppError::Updated { .. }))><a href="" rel="external">{RELOAD}</a></p>
    }
}
