//! What can be switched on and off by itself, each with the number of tokens it holds: links to the view with it switched.

use leptos::prelude::*;

use crate::{
    components::common::text::whole,
    models::{
        filter::Choice,
        token::{TokenStatus, TokenType},
        view::View,
    },
};

use super::{token_list::ProjectTokens, view::TokenView};

/// The chips.
#[component]
pub fn Chips(is_admin: bool) -> impl IntoView {
    view! { <div class="chips">{choices(is_admin).into_iter().map(|choice| view! { <Chip choice /> }).collect_view()}</div> }
}

#[component]
fn Chip(choice: Choice) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    let href = move || shown.view.with(|view| shown.href(&View { filter: view.filter.toggled(choice), sort: view.sort }));
    view! {
        <a
            class="chip"
            href=href
            aria-current=move || shown.view.with(|view| view.filter.has(choice).then_some("true"))
            data-noscroll=""
        >
            {choice.label()} " "
            <span class="chip-count" inner_html=whole(move || tokens.facets.with(|facets| facets.count(choice).to_string()))></span>
        </a>
    }
}

fn choices(is_admin: bool) -> Vec<Choice> {
    let mut choices = TokenStatus::ALL.map(Choice::Status).to_vec();
    if is_admin {
        choices.extend([Choice::Kind(TokenType::User), Choice::Kind(TokenType::Service)]);
    }
    choices.extend([Choice::ToAdd, Choice::Unused]);
    choices.extend(is_admin.then_some(Choice::OwnerInactive));
    choices
}
