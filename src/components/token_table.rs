//! The tokens, a row each. Only the rows near the window are in the document: see [`super::virtual_rows`].

use leptos::{either::Either, ev, prelude::*};

use crate::models::{sort::Column, words::in_words};

use super::{
    row_actions,
    shared::shared,
    sort_header::SortHeader,
    token_filters::ClearFilters,
    token_row::{Look, token_row},
    tokens::Tokens,
    virtual_rows::{Range, ServerRows, TableParts, VirtualRows, follow_the_window},
};

/// The table, or what to do where there is nothing to show.
#[component]
pub fn TokenTable() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let count = tokens.order.with_untracked(Vec::len);
    let rows = VirtualRows::new(count, use_context::<ServerRows>());
    let first = untrack(|| rows_of(tokens, rows.range(count)));
    let is_empty = Memo::new(move |_| tokens.order.with(Vec::is_empty));
    let parts = TableParts::default();
    let html = first.concat();
    follow_the_window(tokens, rows, parts, first, move |range| rows_of(tokens, range));
    let columns = Column::ALL.into_iter().filter(|column| is_admin || !column.is_for_admins());
    view! {
        <table
            class="table tokens-table"
            class:of-customer=!is_admin
            class:is-empty=is_empty
            data-hide=shared(move || tokens.hidden_columns.get())
            aria-rowcount=shared(move || (tokens.shown.get() + 1).to_string())
        >
            <caption class="hidden">"Registry tokens of this project"</caption>
            <thead>
                <tr aria-rowindex="1">
                    <th scope="col" class="col-select"><SelectAll /></th>
                    {columns.map(|column| view! { <SortHeader column /> }).collect_view()}
                    <th scope="col" class="col-actions">"Actions"</th>
                </tr>
            </thead>
            <tbody class="spacer" node_ref=parts.above></tbody>
            <tbody class="rows" node_ref=parts.rows on:click=move |event| row_actions::clicked(tokens, &event) inner_html=html></tbody>
            <tbody class="spacer" node_ref=parts.below></tbody>
        </table>
        {move || is_empty.get().then(|| view! { <NothingToShow /> })}
    }
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

/// Chooses every token that the view shows, or none.
#[component]
fn SelectAll() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let chosen = Memo::new(move |_| {
        tokens.order.with(|order| {
            let (list, selection) = (tokens.list.read(), tokens.selection.read());
            let is_chosen = |&&at: &&u32| list.tokens.get(at as usize).is_some_and(|token| selection.contains(token.id()));
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
