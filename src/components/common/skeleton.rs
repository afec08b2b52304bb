//! What stands in the place of content that is on its way.

use leptos::prelude::*;

/// Grey lines. They show after 150 ms, so that a quick answer does not flicker: see style/skeleton.css.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton">
            <p class="hidden">"Loading…"</p>
            <span></span>
            <span></span>
            <span></span>
            <span></span>
        </div>
    }
}
