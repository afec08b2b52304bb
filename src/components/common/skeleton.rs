//! The placeholder for content that is loading.

use leptos::prelude::*;

/// The heading and the title of a page that is loading.
pub const LOADING: &str = "Loading…";

/// Grey lines. They appear after 150 ms, so that a quick response does not flicker: see style/skeleton.css.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton">
            <h1 class="hidden">{LOADING}</h1>
            <span></span>
            <span></span>
            <span></span>
            <span></span>
        </div>
    }
}
