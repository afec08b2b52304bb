//! The tokens, a row each. Only the rows near the window are in the document: see [`super::virtual_rows`].

use leptos::{either::Either, ev, html, prelude::*};

use crate::models::{moment, sort::Column, token::TokenRow, words::in_words};

use super::{
    row_actions,
    shared::shared,
    sort_header::SortHeader,
    token_filters::ClearFilters,
    token_row::{ShownRow, TokenTableRow},
    tokens::Tokens,
    virtual_rows::{VirtualRows, follow_the_window},
};

/// The table, or what to do where there is nothing to show.
#[component]
pub fn TokenTable() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let rows = VirtualRows::new(tokens.order.with_untracked(Vec::len));
    let shown = Memo::new(move |_| {
        let (key, refuses) = tokens.project.with(|project| (project.key.clone(), project.closed));
        let now = tokens.now.get();
        let positions = tokens.order.with(|order| rows.of(order).to_vec());
        tokens.list.with(|list| {
            let shown = positions.into_iter().filter_map(|position| list.row(position as usize, &key));
            shown.map(|row| shown_row(row, now, refuses)).collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| tokens.order.with(Vec::is_empty));
    let (table, above, below) = (NodeRef::<html::Table>::new(), NodeRef::new(), NodeRef::new());
    follow_the_window(tokens, rows, table, [above, below]);
    let columns = Column::ALL.into_iter().filter(|column| is_admin || !column.is_for_admins());
    view! {
        <table
            node_ref=table
            class="table tokens-table"
            class:is-empty=is_empty
            data-hide=shared(move || tokens.hidden_columns.get())
            aria-rowcount=shared(move || (tokens.shown.get() + 1).to_string())
        >
            <caption class="hidden">"Registry tokens of this project"</caption>
            <thead>
                <tr>
                    <th scope="col" class="col-select"><SelectAll /></th>
                    {columns.map(|column| view! { <SortHeader column /> }).collect_view()}
                    <th scope="col" class="col-actions">"Actions"</th>
                </tr>
            </thead>
            <tbody class="spacer" node_ref=above></tbody>
            <tbody class="rows" on:click=move |event| row_actions::clicked(tokens, &event)>
                <For each=move || shown.get() key=Clone::clone children=move |row| view! { <TokenTableRow row is_admin /> } />
            </tbody>
            <tbody class="spacer" node_ref=below></tbody>
        </table>
        {move || is_empty.get().then(|| view! { <NothingToShow /> })}
    }
}

fn shown_row(row: TokenRow, now: i64, refuses: bool) -> ShownRow {
    ShownRow { used: row.usage.last_at.map(|at| moment::ago(at, now)), row, refuses }
}

/// Chooses every token that the view shows, or none.
#[component]
fn SelectAll() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let chosen = Memo::new(move |_| {
        tokens.order.with(|order| {
            let (list, selection) = (tokens.list.read(), tokens.selection.read());
            let is_chosen = |&&at: &&u32| list.tokens.get(at as usize).is_some_and(|token| selection.contains(&token.id));
            (if selection.ids().is_empty() { 0 } else { order.iter().filter(is_chosen).count() }, order.len())
        })
    });
    let toggle = move |event: ev::Event| {
        let on = event_target_checked(&event);
        let (list, order) = (tokens.list.read_untracked(), tokens.order.read_untracked());
        tokens.selection.update(|selection| selection.set(&list, &order, on));
    };
    view! {
        <input
            type="checkbox"
            aria-label="Select all"
            prop:checked=shared(move || matches!(chosen.get(), (some, all) if some > 0 && some == all))
            prop:indeterminate=shared(move || matches!(chosen.get(), (some, all) if some > 0 && some < all))
            on:change=toggle
        />
    }
}

/// What to do now.
#[component]
fn NothingToShow() -> impl IntoView {
    let tokens: Tokens = expect_context();
    move || {
        if tokens.facets.with(|facets| facets.all > 0) {
            return Either::Left(view! { <p class="empty">"No token matches. " <ClearFilters /></p> });
        }
        let sentence = tokens.project.with(|project| match project.generate_refusal() {
            Some(refusal) => format!("No tokens yet. {refusal}"),
            None => {
                let products: Vec<&str> = project.running().map(|subscription| subscription.product_name.as_str()).collect();
                format!("No tokens yet. Generate one to pull images of {} with docker.", in_words(&products))
            }
        });
        Either::Right(view! { <p class="empty">{sentence}</p> })
    }
}
