//! A column's name, which sorts by it: a link to the sorted page.

use leptos::prelude::*;

use crate::models::{sort::Column, view::View};

use super::view::TokenView;

/// The header cell of a column.
#[component]
pub fn SortHeader(column: Column) -> impl IntoView {
    let shown: TokenView = expect_context();
    let href = Signal::derive(move || {
        let View { filter, sort } = shown.view.get();
        shown.href(&View { filter, sort: sort.clicked(column) })
    });
    let order = move || {
        let sort = shown.view.get().sort;
        match (sort.column == column, sort.descending) {
            (true, true) => "descending",
            (true, false) => "ascending",
            (false, _) => "none",
        }
    };
    view! {
        <th scope="col" class=format!("col-{}", column.slug()) aria-sort=order>
            <a class="sort" href=href data-noscroll="">{column.label()}</a>
        </th>
    }
}
