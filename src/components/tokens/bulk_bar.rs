//! The bar with the bulk actions for the selected tokens.

use leptos::prelude::*;

use crate::{
    components::{
        common::text::whole,
        open_dialog::{Dialog, OpenDialog},
    },
    models::change::Change,
};

use super::{
    focus::{Focus, FocusTarget, RowControl},
    selection::{Selection, SelectionState},
    token_list::ProjectTokens,
};

/// The bar; hidden while nothing is selected.
#[component]
pub fn BulkBar(is_admin: bool) -> impl IntoView {
    let SelectionState { chosen, last } = expect_context();
    let focus: Focus = expect_context();
    let count = Memo::new(move |_| chosen.with(|chosen| chosen.ids().len()));
    let clear = move |_| {
        chosen.update(Selection::clear);
        focus.request(FocusTarget::Row { ids: vec![last.get_value()], control: RowControl::Select });
    };
    let selected = move || if count.get() > 0 { format!("{} selected", count.get()) } else { String::new() };
    view! {
        <div class="bulk" role="region" aria-label="Selected tokens" hidden=move || count.get() == 0>
            <span role="status" inner_html=whole(selected)></span>
            <div class="part">
                <ChangeButton change=Change::Resync />
                {is_admin.then(|| view! {
                    <ChangeButton change=Change::Disable />
                    <ChangeButton change=Change::Enable />
                }.into_any())}
                <ChangeButton change=Change::Delete />
                <button class="button button-quiet" type="button" on:click=clear>"Clear selection"</button>
            </div>
        </div>
    }
}

/// Opens the dialog of a change to the selected tokens.
#[component]
fn ChangeButton(change: Change) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let SelectionState { chosen, .. } = expect_context();
    let dialog: OpenDialog = expect_context();
    let is_closed = move || tokens.project.with(|project| project.closed);
    let open = move |_| {
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
    view! { <button class="button" type="button" disabled=is_closed on:click=open>{change.token_action().bulk_verb()}</button> }
}
