//! Search and filters. They stand in the address, so a link reproduces the view; without a script they are a form.

use leptos::{ev, prelude::*};

use crate::models::{
    filter::{Choice, Filter},
    token::{TokenStatus, TokenType},
};

use super::tokens_island::Tokens;

/// The search field and the chips.
#[component]
pub fn TokenFilters() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let Tokens { filter, rows, project, .. } = tokens;
    let is_admin = project.with_untracked(|project| project.is_admin());
    let shown = Memo::new(move |_| rows.with(|rows| filter.with(|filter| rows.iter().filter(|row| filter.shows(row)).count())));
    let found = move || match (shown.get(), rows.with(Vec::len)) {
        (1, 1) => "1 token".to_owned(),
        (shown, all) if shown == all => format!("{all} tokens"),
        (shown, all) => format!("{shown} of {all} tokens"),
    };
    let choices = TokenStatus::ALL
        .map(Choice::Status)
        .into_iter()
        .chain(is_admin.then_some([Choice::Kind(TokenType::User), Choice::Kind(TokenType::Service)]).into_iter().flatten())
        .chain([Choice::ToAdd])
        .chain(is_admin.then_some(Choice::OwnerInactive));
    view! {
        <form class="filters" method="get" action=tokens.address("") role="search" aria-label="Tokens" on:submit=|event: ev::SubmitEvent| event.prevent_default()>
            <input
                class="search"
                type="search"
                name="q"
                aria-label="Search tokens"
                placeholder="Search by name or person"
                autocomplete="off"
                value=filter.with_untracked(|filter| filter.search.clone())
                prop:value=move || filter.with(|filter| filter.search.clone())
                on:input=move |event| filter.update(|filter| event_target_value(&event).trim_start().clone_into(&mut filter.search))
            />
            // What a chip set stays set when the form is sent without a script.
            {move || filter.get().to_pairs().into_iter().filter(|(name, _)| *name != "q").map(|(name, value)| view! {
                <input type="hidden" name=name value=value.to_owned() />
            }).collect_view()}
            <div class="chips">{choices.map(|choice| view! { <Chip choice /> }).collect_view()}</div>
            <span class="found" role="status">{found}</span>
            <ClearFilters />
            <noscript><button class="button" type="submit">"Search"</button></noscript>
        </form>
    }
}

/// One choice with the number of tokens it holds: a link to the view with it switched.
#[component]
fn Chip(choice: Choice) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let Tokens { filter, rows, .. } = tokens;
    let alone = Filter::default().toggled(choice);
    let count = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row| alone.shows(row)).count()));
    let is_on = move || filter.with(|filter| filter.has(choice));
    let switch = move |event: ev::MouseEvent| {
        event.prevent_default();
        filter.update(|filter| *filter = filter.toggled(choice));
    };
    view! {
        <a
            class="chip"
            href=move || tokens.address(&filter.with(|filter| filter.toggled(choice).to_query()))
            aria-current=move || is_on().then_some("true")
            on:click=switch
        >
            {choice.label()} " " <span class="chip-count">{count}</span>
        </a>
    }
}

/// One click shows everything again.
#[component]
pub fn ClearFilters() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let filter = tokens.filter;
    let clear = move |event: ev::MouseEvent| {
        event.prevent_default();
        filter.set(Filter::default());
    };
    let narrowed = Memo::new(move |_| !filter.with(Filter::is_empty));
    move || {
        narrowed
            .get()
            .then(|| view! { <a class="button button-quiet" href=tokens.address("") on:click=clear>"Clear filters"</a> })
    }
}
