//! A column's name, which sorts by it. Without a script it is a link to the sorted page.

use leptos::prelude::*;
use maud::{Markup, html};

use crate::models::{sort::Column, view::View};

use super::{
    tokens::Tokens,
    view_links::{self, ViewLink},
};

/// The header cells of these columns.
pub fn sort_headers(tokens: Tokens, columns: &[Column]) -> Markup {
    let links = links(tokens, columns);
    html! {
        @for (column, ViewLink { href, state, .. }) in columns.iter().zip(links) {
            th scope="col" class={ "col-" (column.slug()) } aria-sort=[state] {
                a.sort href=(href) data-do="view" { (column.label()) }
            }
        }
    }
}

/// Keeps them as the view is.
pub fn follow_the_view(tokens: Tokens, columns: Vec<Column>) {
    view_links::follow("th[aria-sort]", "aria-sort", move || links(tokens, &columns));
}

fn links(tokens: Tokens, columns: &[Column]) -> Vec<ViewLink> {
    let link = |view: &View, column: Column| ViewLink {
        href: tokens.address(&View { sort: view.sort.clicked(column), ..view.clone() }.to_query()),
        state: Some(match (view.sort.column == column, view.sort.descending) {
            (true, true) => "descending",
            (true, false) => "ascending",
            (false, _) => "none",
        }),
        count: None,
    };
    tokens.view.with(|view| columns.iter().map(|column| link(view, *column)).collect())
}
