//! The status badge of a token: shape, colour and word.

use leptos::{prelude::*, tachys::html::InertElement};

use crate::models::token::TokenStatus;

/// Renders the badge.
#[component]
pub fn StatusBadge(status: TokenStatus) -> impl IntoView {
    InertElement::new(to_html(status))
}

/// The badge as HTML text.
pub fn to_html(status: TokenStatus) -> String {
    format!(r#"<span class="badge badge-{}">{}</span>"#, status.slug(), status.label())
}
