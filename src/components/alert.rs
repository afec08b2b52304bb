//! What is wrong, beyond the fields.

use leptos::prelude::*;

use super::shared::shared;

/// Shown, and said aloud, while there is something to say.
#[component]
pub fn Alert<F: Fn() -> String + Copy + Send + 'static>(text: F) -> impl IntoView {
    view! { <p class="alert" role="alert" hidden=shared(move || text().is_empty())>{shared(text)}</p> }
}
