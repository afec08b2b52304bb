//! What can be done with the tokens that are chosen.

use leptos::prelude::*;
use maud::html;

use super::{
    dialog::Change,
    follow::{What, follow},
    tokens::Tokens,
};

const ID: &str = "bulk";
const COUNT_ID: &str = "bulk-count";
const BUTTONS_ID: &str = "bulk-buttons";
const CHANGES: [(&str, Change); 4] =
    [("Re-sync", Change::Resync), ("Disable", Change::Disable), ("Enable", Change::Enable), ("Delete", Change::Delete)];

/// The bar; hidden where nothing is chosen.
#[component]
pub fn BulkBar() -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! {
        <div id=ID class="bulk" role="region" aria-label="Selected tokens" hidden>
            <span id=COUNT_ID role="status"></span>
            <div id=BUTTONS_ID class="part" inner_html=buttons(tokens)></div>
        </div>
    }
}

/// Keeps it as the choice is.
pub fn follow_the_selection(tokens: Tokens) {
    let count = Memo::new(move |_| tokens.selection.with(|selection| selection.ids().len()));
    follow(ID, What::Attribute("hidden"), move || (count.get() == 0).then(String::new));
    follow(COUNT_ID, What::Text, move || (count.get() > 0).then(|| format!("{} selected", count.get())));
    follow(BUTTONS_ID, What::Html, move || Some(buttons(tokens)));
}

fn buttons(tokens: Tokens) -> String {
    let (is_admin, is_closed) = tokens.project.with(|project| (project.is_admin(), project.closed));
    let may = |change| is_admin || !matches!(change, Change::Disable | Change::Enable);
    let buttons = html! {
        @for (verb, change) in CHANGES.into_iter().filter(|(_, change)| may(*change)) {
            button.button type="button" data-do="change" value=(change.slug()) disabled[is_closed] { (verb) }
        }
        button.button.button-quiet type="button" data-do="clear-selection" { "Clear selection" }
    };
    buttons.into_string()
}
