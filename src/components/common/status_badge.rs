//! The status badge of a token: shape, colour and word.

use leptos::prelude::*;

use crate::models::token::TokenStatus;

/// Renders the badge.
#[component]
pub fn StatusBadge(status: TokenStatus) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", status.slug())>{status.label()}</span> }
}
