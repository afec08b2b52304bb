//! Search and filters. They stand in the address, so a link reproduces the view; without a script they are a form.

use leptos::prelude::*;
use maud::html;
use wasm_bindgen::JsCast;

use crate::{
    browser,
    models::{
        facets::PickOption,
        filter::{Choice, Pick},
        token::{TokenStatus, TokenType},
        view::View,
    },
};

use super::{
    columns_menu::ColumnsMenu,
    follow::{What, follow},
    tokens::Tokens,
    view_links::{self, ViewLink},
};

/// The search field; without a script the form of it is sent.
pub const SEARCH_ID: &str = "tokens-search";
/// The form's id: hidden fields outside of it belong to it by this.
pub const FILTERS_ID: &str = "tokens-filters";
/// Said while it is not known yet what the view shows.
pub const READING: &str = "Reading the list…";
const FOUND_ID: &str = "tokens-found";
const CLEAR_ID: &str = "tokens-clear";

/// The search field, the chips and the dropdowns.
#[component]
pub fn TokenFilters() -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! {
        <form id=FILTERS_ID class="filters" method="get" action=tokens.address("") role="search" aria-label="Tokens">
            // The button goes where a script answers, and the field takes its place: nothing else moves.
            <div class="search-line">
                <input
                    id=SEARCH_ID
                    class="search"
                    type="search"
                    name="q"
                    aria-label="Search tokens"
                    placeholder="Search by name or person"
                    autocomplete="off"
                    value=searched(tokens)
                />
                <button class="button search-button" type="submit">"Search"</button>
            </div>
            <div class="filter-selects">{picks(tokens).map(|pick| view! {
                <label class="filter-select">
                    <span>{pick.label()}</span>
                    <select id=select_id(pick) name=pick.param() autocomplete="off" inner_html=options(tokens, pick)></select>
                </label>
            }).collect_view()}</div>
            <div class="chips" inner_html=chips(tokens)></div>
            <span id=FOUND_ID class="found" role="status">{found(tokens)}</span>
            // It keeps its place while there is nothing to clear: the table never moves for it.
            <a
                id=CLEAR_ID
                class="button button-quiet clear-filters"
                class:is-idle=is_all_shown(tokens)
                href=clear_address(tokens)
                data-do="clear-filters"
            >
                "Clear filters"
            </a>
            <ColumnsMenu />
        </form>
    }
}

/// Keeps them as the view and the list are.
pub fn follow_the_view(tokens: Tokens) {
    follow(SEARCH_ID, What::Value, move || Some(searched(tokens)));
    for pick in picks(tokens) {
        follow(select_id(pick), What::Html, move || Some(options(tokens, pick)));
        follow(select_id(pick), What::Value, move || Some(tokens.view.with(|view| view.filter.picked(pick).to_owned())));
    }
    follow(FOUND_ID, What::Text, move || Some(found(tokens)));
    follow(CLEAR_ID, What::Class("is-idle"), move || is_all_shown(tokens).then(String::new));
    follow(CLEAR_ID, What::Attribute("href"), move || Some(clear_address(tokens)));
    let choices = choices(tokens);
    view_links::follow(".chips > a", "aria-current", move || chip_links(tokens, &choices));
}

/// Answers to what is typed and picked; what was filled in before counts.
pub fn answer(tokens: Tokens) {
    let search = move |typed: String| tokens.view.update(|view| typed.trim_start().clone_into(&mut view.filter.search));
    if let Some(typed) = browser::fields::changed(SEARCH_ID) {
        search(typed);
    }
    for pick in picks(tokens) {
        if let Some(picked) = browser::fields::changed(select_id(pick)) {
            tokens.view.update(|view| view.filter.pick(pick, picked));
        }
    }
    browser::on(SEARCH_ID, "input", move |event| search(event_target_value(event)));
    browser::on(FILTERS_ID, "submit", |event| event.prevent_default());
    browser::on(FILTERS_ID, "change", move |event| {
        let picked = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let pick = picked.and_then(|picked| Pick::ALL.into_iter().find(|pick| pick.param() == picked.name()));
        if let Some(pick) = pick {
            tokens.view.update(|view| view.filter.pick(pick, event_target_value(event)));
        }
    });
}

fn searched(tokens: Tokens) -> String {
    tokens.view.with(|view| view.filter.search.clone())
}

/// How many tokens the view shows.
fn found(tokens: Tokens) -> String {
    if tokens.is_awaited() {
        return READING.to_owned();
    }
    match (tokens.shown.get(), tokens.facets.with(|facets| facets.all as usize)) {
        (1, 1) => "1 token".to_owned(),
        (shown, all) if shown == all => format!("{all} tokens"),
        (shown, all) => format!("{shown} of {all} tokens"),
    }
}

/// What can be switched on and off by itself.
fn choices(tokens: Tokens) -> Vec<Choice> {
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let mut choices = TokenStatus::ALL.map(Choice::Status).to_vec();
    if is_admin {
        choices.extend([Choice::Kind(TokenType::User), Choice::Kind(TokenType::Service)]);
    }
    choices.extend([Choice::ToAdd, Choice::Unused]);
    choices.extend(is_admin.then_some(Choice::OwnerInactive));
    choices
}

/// One choice each, with the number of tokens it holds: a link to the view with it switched.
fn chips(tokens: Tokens) -> String {
    let choices = choices(tokens);
    let chips = html! {
        @for (choice, ViewLink { href, state, count }) in choices.iter().zip(chip_links(tokens, &choices)) {
            a.chip href=(href) aria-current=[state] data-do="view" {
                (choice.label()) " " span.chip-count { (count.unwrap_or_default()) }
            }
        }
    };
    chips.into_string()
}

fn chip_links(tokens: Tokens, choices: &[Choice]) -> Vec<ViewLink> {
    let link = |view: &View, choice: Choice| ViewLink {
        href: tokens.address(&View { filter: view.filter.toggled(choice), sort: view.sort }.to_query()),
        state: view.filter.has(choice).then_some("true"),
        count: Some(tokens.facets.with(|facets| facets.count(choice))),
    };
    tokens.view.with(|view| choices.iter().map(|choice| link(view, *choice)).collect())
}

/// What can be picked: one of many.
fn picks(tokens: Tokens) -> impl Iterator<Item = Pick> {
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    Pick::ALL.into_iter().filter(move |pick| is_admin || *pick == Pick::Product)
}

fn select_id(pick: Pick) -> &'static str {
    match pick {
        Pick::CreatedBy => "filter-by",
        Pick::CreatedFor => "filter-for",
        Pick::Product => "filter-product",
    }
}

/// With the number of tokens each holds. There is one for each person.
fn options(tokens: Tokens, pick: Pick) -> String {
    let picked = tokens.view.with_untracked(|view| view.filter.picked(pick).to_owned());
    let options = tokens.facets.with(|facets| {
        html! {
            option value="" { "Any" }
            @for PickOption { value, label, count } in facets.options(pick) {
                option value=(value) selected[*value == picked] { (label) " (" (count) ")" }
            }
        }
    });
    options.into_string()
}

fn is_all_shown(tokens: Tokens) -> bool {
    tokens.view.with(|view| view.filter.is_empty())
}

/// Where one click shows everything again, in the same order.
pub fn clear_address(tokens: Tokens) -> String {
    tokens.view.with(|view| tokens.address(&View { sort: view.sort, ..View::default() }.to_query()))
}
