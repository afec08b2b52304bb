//! The active filters, beside *Filter*: one click removes one.

use html_escape::{encode_double_quoted_attribute, encode_text};
use leptos::prelude::*;

use crate::models::{
    filter::{SelectFilter, ToggleFilter},
    token_list::TokenList,
    view::View,
};

use super::{
    focus::{Focus, FocusTarget},
    token_list::ProjectTokens,
    view::TokenView,
};

/// A chip for each active filter, and *Clear filters*. A status has one here only while the toolbar does not show its own chip.
/// They are HTML text for the browser's parser, like the cells of a row: plain links and one event listener.
#[component]
pub fn ChosenFilters() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    let focus: Focus = expect_context();
    let chips = Signal::derive(move || tokens.list.with(|list| chips(shown, list)));
    view! {
        <ul class="chosen-filters" aria-label="Chosen filters" inner_html=chips on:click=move |_| focus.request(FocusTarget::Filter)></ul>
    }
}

/// Empty if no filter is active.
fn chips(shown: TokenView, list: &TokenList) -> String {
    let View { filter, sort } = shown.view.get();
    let mut chips = String::new();
    let mut add = |class: &str, filter, label: String| {
        let href = shown.href(&View { filter, sort });
        chips.push_str(&format!(
            r#"<li class="{class}"><a class="chip chosen-chip" href="{}" data-noscroll><span class="hidden">Remove filter: </span>{label}</a></li>"#,
            encode_double_quoted_attribute(&href),
        ));
    };
    for choice in ToggleFilter::all().filter(|choice| filter.has(*choice)) {
        let class = if matches!(choice, ToggleFilter::Status(_)) { "chosen-status" } else { "" };
        add(class, filter.toggled(choice), choice.label().to_owned());
    }
    for pick in SelectFilter::ALL {
        let picked = filter.picked(pick);
        if !picked.is_empty() {
            // For a user, show the name.
            let user = list.users.iter().position(|user| user.email == picked).map(|at| list.label(at));
            let name = user.as_deref().unwrap_or(picked);
            add("", filter.without(pick), format!("{}: <bdi>{}</bdi>", pick.label(), encode_text(name)));
        }
    }
    if !chips.is_empty() {
        chips.push_str(&format!(
            r#"<li><a class="button button-quiet clear-filters" href="{}" data-noscroll>Clear filters</a></li>"#,
            encode_double_quoted_attribute(&shown.clear_href()),
        ));
    }
    chips
}

/// Removes all filters and keeps the order.
#[component]
pub fn ClearFilters() -> impl IntoView {
    let shown: TokenView = expect_context();
    let focus: Focus = expect_context();
    view! {
        <a
            class="button button-quiet clear-filters"
            href=Signal::derive(move || shown.clear_href())
            data-noscroll=""
            on:click=move |_| focus.request(FocusTarget::Search)
        >
            "Clear filters"
        </a>
    }
}
