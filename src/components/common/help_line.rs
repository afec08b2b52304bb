//! The help line that the operator configures: whom to contact.

use leptos::prelude::*;

use crate::models::{
    help_line::{HelpLine as Line, HelpLink},
    portal::Portal,
};

/// The help line; renders nothing if none is configured.
#[component]
pub fn HelpLine() -> impl IntoView {
    let Line { text, link } = use_context::<Portal>().unwrap_or_default().help_line;
    let link = link.map(|HelpLink { text, href, after }| view! { <a href=href>{text}</a> {after} }.into_any());
    (link.is_some() || !text.is_empty()).then(|| view! { <p class="quiet help-line">{text}{link}</p> }.into_any())
}
