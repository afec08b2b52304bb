//! What can be done with the tokens that are chosen.

use leptos::prelude::*;

use crate::components::dialogs::open_dialog::{Change, Dialog, OpenDialog};

use super::{
    focus::{Focus, FocusTarget, RowControl},
    selection::{Selection, SelectionState},
    token_list::ProjectTokens,
};

const CHANGES: [(&str, Change); 4] =
    [("Re-sync", Change::Resync), ("Disable", Change::Disable), ("Enable", Change::Enable), ("Delete", Change::Delete)];

/// The bar; hidden where nothing is chosen.
#[component]
pub fn BulkBar(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let SelectionState { chosen, last } = expect_context();
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let count = Memo::new(move |_| chosen.with(|chosen| chosen.ids().len()));
    let open = move |change| {
        let key = tokens.key();
        let rows = tokens.list.with_untracked(|list| {
            let is_chosen = |id: &str| chosen.with_untracked(|chosen| chosen.contains(id));
            let positions = list.tokens.iter().enumerate().filter(|(_, token)| is_chosen(token.id()));
            positions.filter_map(|(at, _)| list.row(at, &key)).collect::<Vec<_>>()
        });
        if !rows.is_empty() {
            tokens.open(dialog, Dialog::Change(change, rows));
        }
    };
    let clear = move |_| {
        chosen.update(Selection::clear);
        focus.request(FocusTarget::Row { ids: vec![last.get_value()], control: RowControl::Select });
    };
    let is_closed = move || tokens.project.with(|project| project.closed);
    let may = |change| is_admin || !matches!(change, Change::Disable | Change::Enable);
    view! {
        <div class="bulk" role="region" aria-label="Selected tokens" hidden=move || count.get() == 0>
            <span role="status">{move || (count.get() > 0).then(|| format!("{} selected", count.get()))}</span>
            <div class="part">
                {CHANGES.into_iter().filter(|(_, change)| may(*change)).map(|(verb, change)| view! {
                    <button class="button" type="button" disabled=is_closed on:click=move |_| open(change)>{verb}</button>
                }).collect_view()}
                <button class="button button-quiet" type="button" on:click=clear>"Clear selection"</button>
            </div>
        </div>
    }
}
