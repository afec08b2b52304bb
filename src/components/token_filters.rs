//! Search and filters. They stand in the address, so a link reproduces the view; without a script they are a form.

use leptos::{ev, prelude::*};
use maud::html;

use crate::models::{
    facets::PickOption,
    filter::{Choice, Filter, Pick},
    token::{TokenStatus, TokenType},
    view::View,
};

use super::{columns_menu::ColumnsMenu, shared::shared, tokens::Tokens};

/// The search field; without a script the form of it is sent.
pub const SEARCH_ID: &str = "tokens-search";
/// The form's id: hidden fields outside of it belong to it by this.
pub const FILTERS_ID: &str = "tokens-filters";

/// The search field, the chips and the dropdowns.
#[component]
pub fn TokenFilters() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let Tokens { view, project, .. } = tokens;
    let is_admin = project.with_untracked(|project| project.is_admin());
    let found = shared(move || match (tokens.shown.get(), tokens.facets.with(|facets| facets.all as usize)) {
        (1, 1) => "1 token".to_owned(),
        (shown, all) if shown == all => format!("{all} tokens"),
        (shown, all) => format!("{shown} of {all} tokens"),
    });
    let choices = TokenStatus::ALL
        .map(Choice::Status)
        .into_iter()
        .chain(is_admin.then_some([Choice::Kind(TokenType::User), Choice::Kind(TokenType::Service)]).into_iter().flatten())
        .chain([Choice::ToAdd, Choice::Unused])
        .chain(is_admin.then_some(Choice::OwnerInactive));
    let picks = Pick::ALL.into_iter().filter(|pick| is_admin || *pick == Pick::Product);
    view! {
        <form
            id=FILTERS_ID
            class="filters"
            method="get"
            action=tokens.address("")
            role="search"
            aria-label="Tokens"
            on:submit=|event: ev::SubmitEvent| event.prevent_default()
        >
            <input
                id=SEARCH_ID
                class="search"
                type="search"
                name="q"
                aria-label="Search tokens"
                placeholder="Search by name or person"
                autocomplete="off"
                value=view.with_untracked(|view| view.filter.search.clone())
                prop:value=shared(move || view.with(|view| view.filter.search.clone()))
                on:input=move |event| view.update(|view| event_target_value(&event).trim_start().clone_into(&mut view.filter.search))
            />
            <div class="filter-selects">{picks.map(|pick| view! { <PickOne pick /> }).collect_view()}</div>
            <div class="chips">{choices.map(|choice| view! { <Chip choice /> }).collect_view()}</div>
            <span class="found" role="status">{found}</span>
            <ClearFilters />
            <button class="button search-button" type="submit">"Search"</button>
            <ColumnsMenu />
        </form>
    }
}

/// One choice with the number of tokens it holds: a link to the view with it switched.
#[component]
fn Chip(choice: Choice) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let view = tokens.view;
    let toggled = move |view: &View| View { filter: view.filter.toggled(choice), sort: view.sort };
    let switch = move |event: ev::MouseEvent| {
        event.prevent_default();
        view.update(|view| *view = toggled(view));
    };
    view! {
        <a
            class="chip"
            href=shared(move || tokens.address(&view.with(|view| toggled(view).to_query())))
            aria-current=shared(move || view.with(|view| view.filter.has(choice)).then_some("true"))
            on:click=switch
        >
            {choice.label()} " " <span class="chip-count">{shared(move || tokens.facets.with(|facets| facets.count(choice).to_string()))}</span>
        </a>
    }
}

/// One of many, with the number of tokens each holds.
#[component]
fn PickOne(pick: Pick) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let options = Memo::new(move |_| {
        let picked = tokens.view.with_untracked(|view| view.filter.picked(pick).to_owned());
        tokens.facets.with(|facets| options_html(facets.options(pick), &picked))
    });
    let picked = shared(move || tokens.view.with(|view| view.filter.picked(pick).to_owned()));
    view! {
        <label class="filter-select">
            <span>{pick.label()}</span>
            <select
                name=pick.param()
                inner_html=shared(move || options.get())
                prop:value=picked
                on:change=move |event| tokens.view.update(|view| view.filter.pick(pick, event_target_value(&event)))
            ></select>
        </label>
    }
}

/// As text, like the rows: there is one for each person.
fn options_html(options: &[PickOption], picked: &str) -> String {
    let options = html! {
        option value="" { "Any" }
        @for PickOption { value, label, count } in options {
            option value=(value) selected[value == picked] { (label) " (" (count) ")" }
        }
    };
    options.into_string()
}

/// One click shows everything again, in the same order.
#[component]
pub fn ClearFilters() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let view = tokens.view;
    let cleared = |view: &View| View { filter: Filter::default(), sort: view.sort };
    let clear = move |event: ev::MouseEvent| {
        event.prevent_default();
        view.update(|view| *view = cleared(view));
        tokens.keep_focus(vec![SEARCH_ID.to_owned()]);
    };
    let narrowed = Memo::new(move |_| view.with(|view| !view.filter.is_empty()));
    move || {
        narrowed.get().then(|| {
            let href = tokens.address(&view.with_untracked(|view| cleared(view).to_query()));
            view! { <a class="button button-quiet" href=href on:click=clear>"Clear filters"</a> }
        })
    }
}
