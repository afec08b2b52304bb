//! A column's name, which sorts by it: a link to the sorted page.

use leptos::prelude::*;

use crate::models::{sort::Column, view::View};

use super::view::TokenView;

/// The header cell of a column.
#[component]
pub fn SortHeader(column: Column) -> impl IntoView {
    let TokenView { view, .. } = expect_context();
    let shown: TokenView = expect_context();
    let href = move || view.with(|view| shown.href(&View { sort: view.sort.clicked(column), ..view.clone() }));
    let order = move || {
        view.with(|view| match (view.sort.column == column, view.sort.descending) {
            (true, true) => "descending",
            (true, false) => "ascending",
            (false, _) => "none",
        })
    };
    view! {
        <th scope="col" class=format!("col-{}", column.slug()) aria-sort=order>
            <a class="sort" href=href data-noscroll="">{column.label()}</a>
        </th>
    }
}
