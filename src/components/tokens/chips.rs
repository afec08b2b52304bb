//! Filter chips that toggle one choice each, with the number of tokens. They are links to the view with the choice toggled, so
//! that they work without JavaScript.

use leptos::prelude::*;

use crate::{
    components::common::text::whole,
    models::{
        filter::ToggleFilter,
        sort::Column,
        token::{TokenStatus, TokenType},
        view::View,
    },
};

use super::view::TokenView;

/// All groups of choices, for the filter popup.
#[component]
pub fn ChoiceGroups(is_admin: bool) -> impl IntoView {
    let kinds = [TokenType::User, TokenType::Service].map(ToggleFilter::Kind).to_vec();
    let marks = [Some(ToggleFilter::ToAdd), Some(ToggleFilter::Unused), is_admin.then_some(ToggleFilter::OwnerInactive)];
    view! {
        <StatusChips />
        {is_admin.then(|| view! { <Group label=Column::Type.label() choices=kinds /> }.into_any())}
        <Group label="Needs attention" choices=marks.into_iter().flatten().collect() />
    }
}

/// The statuses; any number of them can be on.
#[component]
pub fn StatusChips() -> impl IntoView {
    view! { <Group label=Column::Status.label() choices=TokenStatus::ALL.map(ToggleFilter::Status).to_vec() /> }
}

#[component]
fn Group(label: &'static str, choices: Vec<ToggleFilter>) -> impl IntoView {
    view! {
        <div class="chip-group" role="group" aria-label=label>
            <span class="chip-label" aria-hidden="true">{label}</span>
            <div class="chips">{choices.into_iter().map(|choice| view! { <Chip choice /> }.into_any()).collect_view()}</div>
        </div>
    }
}

#[component]
fn Chip(choice: ToggleFilter) -> impl IntoView {
    let shown: TokenView = expect_context();
    let href = Signal::derive(move || {
        let View { filter, sort } = shown.view.get();
        shown.href(&View { filter: filter.toggled(choice), sort })
    });
    let count = whole(move || shown.found.with(|found| found.facets.count(choice)).to_string());
    view! {
        <a
            class="chip"
            href=href
            aria-current=move || shown.view.get().filter.has(choice).then_some("true")
            data-noscroll=""
        >
            {choice.label()} " "
            <span class="chip-count" inner_html=count></span>
        </a>
    }
}
