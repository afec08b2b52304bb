//! One token of the table. On a narrow screen its cells are stacked, each with the name of its column.

use leptos::prelude::*;

use crate::{
    models::{
        moment,
        sort::Sort,
        token::{EXPIRING_SOON_DAYS, TokenRow},
        usage_words,
    },
    paths,
};

use super::{
    row_cells::{ActionsCell, ProductsCell},
    row_status::Status,
    selection::{Selection, SelectionState},
    token_list::ProjectTokens,
    view::TokenView,
};

/// The data of a row, also the row's key in the keyed list: a row whose data is unchanged keeps its element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowData {
    pub token: TokenRow,
    /// The names of the users it was created for and by, with the e-mail if another user has the same name.
    pub users: [String; 2],
    /// Whether the project is closed: then nothing can be changed.
    pub is_closed: bool,
    // Whether the optional columns are shown.
    pub with_login_name: bool,
    pub with_pulls: bool,
    /// The order of the table. A new order renders every row again, because the keyed list of tachys 0.2 misplaces some rows when
    /// part of a list is reversed.
    pub sort: Sort,
}

/// The row. `number` is its `aria-rowindex` in the whole table.
#[component]
pub fn TokenTableRow(data: RowData, number: Signal<usize>, is_admin: bool, project_key: String) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let RowData { token, users: [created_for, created_by], is_closed, with_login_name, with_pulls, .. } = data;
    let (for_email, by_email) = (&token.created_for.email, &token.created_by.email);
    let now = tokens.now;
    let days_left = token.days_to_end();
    let left = days_left.map(moment::in_days);
    let (near, far) = if days_left.is_some_and(|days| days <= EXPIRING_SOON_DAYS) { (left, None) } else { (None, left) };
    let used = token.usage.last_at;
    let (created_on, is_unused) = (token.created_on.clone(), token.is_unused);
    let used_text = Signal::derive(move || usage_words::last_used(used, &created_on, is_unused, now.get()));
    let id = StoredValue::new(token.id.clone());
    let SelectionState { chosen, .. } = expect_context();
    let is_chosen = Memo::new(move |_| id.with_value(|id| chosen.with(|chosen| chosen.contains(id))));
    view! {
        <tr data-row="" data-token=token.id.clone() class:chosen=is_chosen aria-rowindex=number>
            <td class="col-select"><SelectBox id is_chosen name=token.name.clone() /></td>
            <th class="col-name" scope="row">
                <a href=paths::token(&project_key, &token.name) title=token.name.clone() data-control="name" tabindex=(!is_server()).then_some("-1")>{token.name.clone()}</a>
            </th>
            {with_login_name.then(|| optional_cell("col-login mono", token.login_name.clone()))}
            {is_admin.then(|| view! {
                <td class="col-type" translate="yes"><span class="badge badge-plain">{token.kind.label()}</span></td>
                <UserCell class="col-for" name=created_for email=for_email />
                <UserCell class="col-by" name=created_by email=by_email />
            })}
            <td class="col-end date" title=far>
                {token.subscription_end.clone().unwrap_or_else(|| "None".to_owned())}
                {near.map(|near| view! { " " <span class="quiet" translate="yes">{near}</span> })}
            </td>
            <ProductsCell products=token.products.clone() now=now.get_untracked() />
            <td class="col-created date" title=moment::days_ago(&token.created_on, now.get_untracked())>
                {token.created_on.clone()}
            </td>
            <td class="col-used date" title=used.map(moment::utc)>{used_text}</td>
            {with_pulls.then(|| optional_cell("col-pulls", token.usage.pulls.to_string()))}
            <td class="col-status" translate="yes"><Status token=token.clone() /></td>
            <ActionsCell token=token.clone() is_admin is_closed project_key />
        </tr>
    }
}

/// A cell of an optional column.
fn optional_cell(class: &'static str, text: String) -> AnyView {
    let title = text.clone();
    view! { <td class=class title=title>{text}</td> }.into_any()
}

/// A user by name, which may be truncated. The `title` has the whole name and the e-mail address.
#[component]
fn UserCell<'a>(class: &'static str, name: String, email: &'a str) -> impl IntoView {
    let title = if name.contains(email) { name.clone() } else { format!("{name} ({email})") };
    view! { <td class=class title=title><span class="clamp">{name}</span></td> }
}

/// Selects or deselects a token; with Shift, every token from the last clicked one to this one.
#[component]
fn SelectBox(id: StoredValue<String>, is_chosen: Memo<bool>, name: String) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let TokenView { order, .. } = expect_context();
    let SelectionState { chosen, last } = expect_context();
    let select = move |event: leptos::ev::MouseEvent| {
        let (list, order, id) = (tokens.list.get_untracked(), order.read_untracked(), id.get_value());
        let is_on = !chosen.with_untracked(|chosen| chosen.contains(&id));
        let place = |id: &str| {
            let position = list.position(id)?;
            order.iter().position(|&at| at as usize == position)
        };
        let Some(this) = place(&id) else { return };
        let from = last.with_value(|last| event.shift_key().then(|| place(last)).flatten()).unwrap_or(this);
        chosen.update(|chosen: &mut Selection| chosen.set(&list, &order[this.min(from)..=this.max(from)], is_on));
        last.set_value(id);
    };
    view! {
        <input type="checkbox" value=id.get_value() aria-label=format!("Select {name}") data-control="select"
            prop:checked=is_chosen on:click=select />
    }
}
