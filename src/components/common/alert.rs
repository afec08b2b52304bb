//! The error message of a form, for errors that belong to no single field.

use leptos::prelude::*;

use crate::{error::AppError, paths};

use super::text::whole;

/// The text of the link to the sign-in page.
pub const SIGN_IN_AGAIN: &str = "Sign in in another tab";
/// The text of the link that reloads the page.
pub const RELOAD: &str = "Reload";

/// An alert, shown and announced while there is an error. If the session has ended, it links to the sign-in page in another tab,
/// so that the user's input is not lost. If only a new page helps, it links to the reloaded page; the user can copy the input
/// first.
#[component]
pub fn Alert(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    let text = move || error.with(|error| error.as_ref().map(ToString::to_string));
    // Not generic, so that the code is compiled only once.
    let is_not = |kind: fn(&AppError) -> bool| Signal::derive(move || !error.with(|error| error.as_ref().is_some_and(kind)));
    view! {
        <p class="alert" role="alert" hidden=is_not(|_| true) inner_html=whole(move || text().unwrap_or_default())></p>
        <p hidden=is_not(|error| *error == AppError::Unauthenticated)>
            <a href=paths::SIGN_IN target="_blank">{SIGN_IN_AGAIN}</a>
        </p>
        // An empty `href` is the current page. `rel="external"` makes the browser load it, not the router.
        <p hidden=is_not(AppError::needs_reload)><a href="" rel="external">{RELOAD}</a></p>
    }
}
