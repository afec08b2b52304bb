//! A column's name, which sorts by it. Without a script it is a link to the sorted page.

use leptos::{ev, prelude::*};

use crate::models::{sort::Column, view::View};

use super::{shared::shared, tokens::Tokens};

/// The header cell.
#[component]
pub fn SortHeader(column: Column) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let sorted = shared(move || {
        let sort = tokens.view.with(|view| view.sort);
        match (sort.column == column, sort.descending) {
            (true, true) => Some("descending"),
            (true, false) => Some("ascending"),
            (false, _) => Some("none"),
        }
    });
    let clicked = move |view: &View| View { sort: view.sort.clicked(column), ..view.clone() };
    let sort = move |event: ev::MouseEvent| {
        event.prevent_default();
        tokens.view.update(|view| *view = clicked(view));
    };
    view! {
        <th scope="col" class=format!("col-{}", column.slug()) aria-sort=sorted>
            <a class="sort" href=shared(move || tokens.address(&tokens.view.with(|view| clicked(view).to_query()))) on:click=sort>
                {column.label()}
            </a>
        </th>
    }
}
