//! The table of tokens. Only the rows near the viewport are in the document: see [`super::window`].

use leptos::{html, prelude::*};

use crate::models::{hidden_columns::HiddenColumns, moment::DAY, sort::Column, token_list::TokenList};

use super::{
    bulk_bar::BulkBar,
    chosen_filters::ClearFilters,
    focus::{Focus, FocusTarget, row_control},
    found_count::LOADING,
    keys::{KeyboardHelp, TABLE_END},
    row::TokenTableRow,
    row_clicks::RowClicks,
    row_data::RowData,
    row_times,
    selection::SelectionState,
    sort_header::{SortHeader, SortSelect},
    token_list::ProjectTokens,
    view::TokenView,
    window::RowWindow,
};

/// The table, or a hint if there is nothing to show.
#[component]
pub fn TokenTable(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let TokenView { order, shown, .. } = expect_context();
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    let window = RowWindow::of_table();
    let (above, body, below) = (window.above, window.body, window.below);
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::Row { ids, control } => {
            let found = body.try_get_untracked().flatten().and_then(|body| row_control(&body, ids, control));
            if found.is_none() && focus.falls_back() {
                focus.request(FocusTarget::Heading);
            }
            found
        }
        _ => None,
    });
    let rows = use_rows(window);
    let key = StoredValue::new(tokens.key());
    let table = NodeRef::<html::Table>::new();
    let clicks = RowClicks::of_table();
    expect_context::<SelectionState>().show_in(body);
    row_times::keep_current(body);
    view! {
        <BulkBar is_admin />
        // Without `rel="external"` the router would treat it as another page.
        <a class="skip skip-table" href=format!("#{TABLE_END}") rel="external">"Skip the table"</a>
        <SortSelect is_admin />
        <table
            node_ref=table
            class="table tokens-table"
            class:of-customer=!is_admin
            class:is-empty=is_empty
            data-hide=move || hidden.with(HiddenColumns::to_attribute)
            aria-rowcount=move || shown.get() + 1
        >
            <caption class="hidden">"Registry tokens of this project"</caption>
            <TableHead is_admin />
            <tbody class="spacer" node_ref=above></tbody>
            // Mostly names and dates; cells with translatable words set `translate="yes"`.
            <tbody class="rows" node_ref=body translate="no" on:click=move |event| clicks.click(&event)>
                <ForEnumerate each=rows key=RowData::clone children=move |index, data| {
                    let number = Signal::derive(move || window.first() + index.get() + 2);
                    view! { <TokenTableRow data number is_admin project_key=key.get_value() /> }
                } />
            </tbody>
            <tbody class="spacer" node_ref=below></tbody>
        </table>
        {move || is_empty.get().then(|| view! { <p class="empty"><NothingToShow /></p> }.into_any())}
        <KeyboardHelp window table />
    }
}

/// The data of the rows in the document; tracked.
fn use_rows(window: RowWindow) -> impl Fn() -> Vec<RowData> + Send + Sync + 'static {
    let tokens: ProjectTokens = expect_context();
    let TokenView { view, .. } = expect_context();
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let key = tokens.key();
    let is_closed = Memo::new(move |_| tokens.project.with(|project| project.closed));
    let day = Memo::new(move |_| tokens.now.get() / DAY);
    move || {
        let (with_login_name, with_pulls) = (is_shown(hidden, Column::LoginName), is_shown(hidden, Column::Pulls));
        let (is_closed, day) = (is_closed.get(), day.get());
        let sort = view.with_untracked(|view| view.sort);
        let row = |list: &TokenList, position: u32| {
            let token = list.row(position as usize, &key)?;
            let users = list.users_of(position as usize);
            Some(RowData { token, users, day, is_closed, with_login_name, with_pulls, sort })
        };
        tokens.list.with(|list| window.positions().into_iter().filter_map(|at| row(list, at)).collect())
    }
}

/// Whether the user shows the column; tracked.
fn is_shown(hidden: RwSignal<HiddenColumns>, column: Column) -> bool {
    hidden.with(|hidden| !hidden.hides(column.slug()))
}

/// The headings. Optional columns are in the document only if the user shows them.
#[component]
fn TableHead(is_admin: bool) -> impl IntoView {
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let columns = Column::ALL.into_iter().filter(move |column| is_admin || !column.is_for_admins());
    let header = move |column: Column| {
        if column.is_optional() {
            view! { {move || is_shown(hidden, column).then(|| view! { <SortHeader column /> }.into_any())} }.into_any()
        } else {
            view! { <SortHeader column /> }.into_any()
        }
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th class="col-select" scope="col"><SelectAll /></th>
                {columns.map(header).collect_view()}
                <th class="col-actions" scope="col">"Actions"</th>
            </tr>
        </thead>
    }
}

/// Selects or deselects every token of the view; shows whether none, some or all are selected.
#[component]
fn SelectAll() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let TokenView { order, .. } = expect_context();
    let SelectionState { chosen, .. } = expect_context();
    let count = Memo::new(move |_| {
        let (order, list, chosen) = (order.read(), tokens.list.read(), chosen.read());
        let is_chosen = |&&at: &&u32| list.tokens.get(at as usize).is_some_and(|token| chosen.contains(token.id()));
        if chosen.ids().is_empty() { 0 } else { order.iter().filter(is_chosen).count() }
    });
    // Read the order before the count, which derives from it: see `RowWindow::positions`.
    let are_all = move || {
        let all = order.with(Vec::len);
        count.get() > 0 && count.get() == all
    };
    let are_some = move || !are_all() && count.get() > 0;
    let select_all = move |event| {
        let (list, order, is_on) = (tokens.list.get_untracked(), order.read_untracked(), event_target_checked(&event));
        chosen.update(|chosen| chosen.set(&list, &order, is_on));
    };
    view! {
        <input type="checkbox" aria-label="Select all" prop:checked=are_all prop:indeterminate=are_some on:change=select_all />
    }
}

/// What to do if no row is shown.
#[component]
fn NothingToShow() -> impl IntoView {
    let TokenView { is_loading, .. } = expect_context();
    view! {
        {move || if is_loading.get() {
            view! { <span>{LOADING}</span> }.into_any()
        } else {
            view! { <span>"No token matches. "</span> <ClearFilters /> }.into_any()
        }}
    }
}
