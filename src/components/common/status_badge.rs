//! The status of a token by shape, colour and word.

use leptos::prelude::*;

use crate::models::token::TokenStatus;

/// The badge.
#[component]
pub fn StatusBadge(status: TokenStatus) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", status.slug())>{status.label()}</span> }
}
