//! The sort controls of the table: each column heading is a link to the page sorted by it; cards have one dropdown.

use leptos::{html, prelude::*};

use crate::{
    components::common::field::sync_select,
    models::{
        sort::{Column, Sort},
        view::View,
    },
};

use super::view::{TokenView, use_set_view};

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

/// All sort orders in one dropdown, for cards. Without JavaScript the headings stay visible instead.
#[component]
pub fn SortSelect(is_admin: bool) -> impl IntoView {
    let shown: TokenView = expect_context();
    let set_view = use_set_view(shown);
    let field = NodeRef::<html::Select>::new();
    let sorted = Signal::derive(move || shown.view.with(|view| view.sort.to_text()));
    let sort = move |value: String| {
        let filter = shown.view.with_untracked(|view| view.filter.clone());
        set_view(View { filter, sort: Sort::parse(&value).unwrap_or_default() });
    };
    sync_select(field, sorted, || (), sort.clone());
    let first = sorted.get_untracked();
    let mut orders = String::new();
    for column in Column::ALL.into_iter().filter(|column| is_admin || !column.is_for_admins()) {
        for (descending, word) in [(false, "ascending"), (true, "descending")] {
            let order = Sort { column, descending }.to_text();
            let selected = if order == first { " selected" } else { "" };
            orders += &format!(r#"<option value="{order}"{selected}>{}, {word}</option>"#, column.label());
        }
    }
    view! {
        <label class="sort-by">
            <span>"Sort by"</span>
            <select
                autocomplete="off"
                node_ref=field
                on:change=move |event| sort(event_target_value(&event))
                inner_html=orders
            ></select>
        </label>
    }
}
