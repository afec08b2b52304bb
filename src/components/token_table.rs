//! The tokens, a row each. Only the rows near the window are in the document: see [`super::virtual_rows`].

use leptos::prelude::*;
use maud::html;

use crate::{
    browser,
    models::{listing::PAGE_ROWS, sort::Column, words::in_words},
};

use super::{
    follow::{What, follow},
    sort_header::{follow_the_view, sort_headers},
    token_filters::{READING, clear_address},
    token_row::{Look, token_row},
    tokens::Tokens,
    virtual_rows::{Range, TableParts, follow_the_window},
};

const ID: &str = "tokens-table";
const NOTHING_ID: &str = "tokens-nothing";

/// The table, or what to do where there is nothing to show.
#[component]
pub fn TokenTable() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    view! {
        <table
            id=ID
            class="table tokens-table"
            class:of-customer=!is_admin
            class:is-empty=is_empty(tokens)
            data-hide=tokens.hidden_columns.get_untracked()
            aria-rowcount=row_count(tokens)
        >
            <caption class="hidden">"Registry tokens of this project"</caption>
            <thead inner_html=head(tokens)></thead>
            <tbody class="spacer"></tbody>
            <tbody class="rows" inner_html=rows_of(tokens, Range { first: 0, count: PAGE_ROWS }).concat()></tbody>
            <tbody class="spacer"></tbody>
        </table>
        <div id=NOTHING_ID class="part" inner_html=nothing_to_show(tokens)></div>
    }
}

/// Makes the rows that the server made, for nothing but having done so once.
pub fn make_rows(tokens: Tokens) {
    untrack(|| rows_of(tokens, Range { first: 0, count: 1 }));
}

/// Keeps its rows those near the window.
pub fn follow_the_rows(tokens: Tokens) {
    if let Some(parts) = TableParts::of(ID) {
        follow_the_window(tokens, parts, move |range| rows_of(tokens, range));
    }
}

/// Keeps all but its rows as list, view and choice are.
pub fn follow_the_state(tokens: Tokens) {
    follow(ID, What::Class("is-empty"), move || is_empty(tokens).then(String::new));
    follow(ID, What::Attribute("data-hide"), move || Some(tokens.hidden_columns.get()));
    follow(ID, What::Attribute("aria-rowcount"), move || Some(row_count(tokens)));
    follow(NOTHING_ID, What::Html, move || Some(nothing_to_show(tokens)));
    follow_the_view(tokens, columns(tokens));
    follow_the_selection(tokens);
}

fn is_empty(tokens: Tokens) -> bool {
    tokens.order.with(Vec::is_empty)
}

/// With the row of names.
fn row_count(tokens: Tokens) -> String {
    (tokens.shown.get() + 1).to_string()
}

fn columns(tokens: Tokens) -> Vec<Column> {
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    Column::ALL.into_iter().filter(|column| is_admin || !column.is_for_admins()).collect()
}

/// The HTML of the rows of a range.
fn rows_of(tokens: Tokens, Range { first, count }: Range) -> Vec<String> {
    let look = tokens.project.with(|project| Look {
        project_key: project.key.clone(),
        is_admin: project.is_admin(),
        refuses: project.closed,
        now: tokens.now.get(),
    });
    tokens.order.with(|order| {
        tokens.list.with(|list| {
            let positions = order.iter().skip(first).take(count);
            let rows = positions.filter_map(|&position| list.row(position as usize, &look.project_key));
            rows.map(|row| token_row(&row, &look)).collect()
        })
    })
}

/// The names of the columns, with the box that chooses every token shown.
fn head(tokens: Tokens) -> String {
    let head = html! {
        tr aria-rowindex="1" {
            th.col-select scope="col" { input #select-all type="checkbox" aria-label="Select all" data-do="select-all"; }
            (sort_headers(tokens, &columns(tokens)))
            th.col-actions scope="col" { "Actions" }
        }
    };
    head.into_string()
}

/// Whether none, some or all of the tokens that the view shows are chosen.
fn follow_the_selection(tokens: Tokens) {
    let chosen = Memo::new(move |_| {
        tokens.order.with(|order| {
            let (list, selection) = (tokens.list.read(), tokens.selection.read());
            let is_chosen = |&&at: &&u32| list.tokens.get(at as usize).is_some_and(|token| selection.contains(token.id()));
            (if selection.ids().is_empty() { 0 } else { order.iter().filter(is_chosen).count() }, order.len())
        })
    });
    Effect::new(move |_| {
        let (some, all) = chosen.get();
        browser::rows::tick_all(some > 0 && some == all, some > 0 && some < all);
    });
}

/// What to do now; nothing where there are rows.
fn nothing_to_show(tokens: Tokens) -> String {
    if !is_empty(tokens) {
        return String::new();
    }
    if tokens.is_awaited() {
        return html! { p.empty { (READING) } }.into_string();
    }
    if tokens.facets.with(|facets| facets.all > 0) {
        let clear = html! { a.button.button-quiet href=(clear_address(tokens)) data-do="clear-filters" { "Clear filters" } };
        return html! { p.empty { "No token matches. " (clear) } }.into_string();
    }
    let sentence = tokens.project.with(|project| match project.generate_refusal() {
        Some(refusal) => format!("No tokens yet. {refusal}"),
        None => {
            let products: Vec<&str> = project.running().map(|subscription| subscription.product_name.as_str()).collect();
            format!("No tokens yet. Generate one to pull images of {} with docker.", in_words(&products))
        }
    });
    html! { p.empty { (sentence) } }.into_string()
}
