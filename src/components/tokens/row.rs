//! One token of the table. On a narrow screen its cells are stacked, each with the name of its column.

use leptos::prelude::*;

use crate::components::common::hydrated::use_hydrated;

use super::{row_data::RowData, row_html::RowHtml, selection::SelectionState, token_list::ProjectTokens};

/// The row. `number` is its `aria-rowindex` in the whole table. Later changes of the selection and of its times are shown by
/// [`SelectionState::show_in`] and [`super::row_times`].
#[component]
pub fn TokenTableRow(data: RowData, number: Signal<usize>, is_admin: bool, project_key: String) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let SelectionState { chosen, .. } = expect_context();
    let is_chosen = chosen.with_untracked(|chosen| chosen.contains(&data.token.id));
    let (now, is_local) = (tokens.now.get_untracked(), use_hydrated().get_untracked());
    let cells = RowHtml { data: &data, now, is_local, is_chosen, is_admin, project_key: &project_key }.cells();
    view! {
        <tr
            data-row=""
            data-token=data.token.id.clone()
            class:chosen=is_chosen
            aria-rowindex=number
            inner_html=cells
        ></tr>
    }
}
