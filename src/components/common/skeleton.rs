//! The placeholder for content that is loading.

use leptos::prelude::*;

/// Grey lines. They appear after 150 ms, so that a quick response does not flicker: see style/skeleton.css.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton">
            <h1 class="hidden">"Loading…"</h1>
            <span></span>
            <span></span>
            <span></span>
            <span></span>
        </div>
    }
}
