//! What can be done with the tokens that are chosen.

use leptos::prelude::*;

use super::{dialog::Change, selection::Selection, shared::shared, tokens::Tokens};

/// The bar; nothing where nothing is chosen.
#[component]
pub fn BulkBar() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let count = Memo::new(move |_| tokens.selection.with(|selection| selection.ids().len()));
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let changes =
        [("Re-sync", Change::Resync), ("Disable", Change::Disable), ("Enable", Change::Enable), ("Delete", Change::Delete)];
    let changes = changes.into_iter().filter(move |(_, change)| is_admin || !matches!(change, Change::Disable | Change::Enable));
    let open = move |change| {
        tokens.selection.with_untracked(|selection| tokens.open_change(change, selection));
    };
    let clear = move |_| {
        tokens.selection.update(Selection::clear);
        tokens.keep_focus(vec![format!("select-{}", tokens.last_selected.get_value())]);
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="bulk" role="region" aria-label="Selected tokens">
                    <span role="status">{shared(move || format!("{} selected", count.get()))}</span>
                    {changes.clone().map(|(verb, change)| view! {
                        <button
                            class="button"
                            type="button"
                            disabled=shared(move || tokens.project.with(|project| project.closed))
                            on:click=move |_| open(change)
                        >
                            {verb}
                        </button>
                    }).collect_view()}
                    <button class="button button-quiet" type="button" on:click=clear>
                        "Clear selection"
                    </button>
                </div>
            }
        })
    }
}
