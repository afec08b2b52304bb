//! The *Columns* menu: which columns are shown, and whether rows have two lines. A cookie stores it, so that the server renders
//! the same.

use leptos::{html, prelude::*};

use crate::{
    components::common::popup::track_open,
    dom::cookie,
    models::{
        hidden_columns::{HiddenColumns, SECOND_LINES, can_hide},
        sort::Column,
    },
};

/// A checkbox for each column except the name. They are rendered only while the menu is open, because some have the same label as
/// fields of the dialogs.
#[component]
pub fn ColumnsMenu(is_admin: bool) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let (is_open, toggled) = track_open(menu);
    view! {
        <details class="menu columns-menu" data-popup="" node_ref=menu on:toggle=toggled>
            <summary class="button button-quiet">"Columns"</summary>
            {move || is_open.get().then(|| view! { <Columns is_admin /> }.into_any())}
        </details>
    }
}

#[component]
fn Columns(is_admin: bool) -> impl IntoView {
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let columns = Column::ALL.into_iter().filter(move |column| can_hide(*column) && (is_admin || !column.is_for_admins()));
    view! {
        <fieldset class="menu-panel columns-list">
            <legend class="hidden">"Columns shown"</legend>
            {columns.map(|column| view! { <label><Shown hidden slug=column.slug() />{column.label()}</label> }.into_any()).collect_view()}
            <label class="second-lines"><Shown hidden slug=SECOND_LINES />"Two lines a row"</label>
        </fieldset>
    }
}

/// The checkbox of one setting.
#[component]
fn Shown(hidden: RwSignal<HiddenColumns>, slug: &'static str) -> impl IntoView {
    let is_shown = hidden.with_untracked(|hidden| !hidden.hides(slug));
    let change = move |event| show(hidden, slug, event_target_checked(&event));
    view! { <input type="checkbox" value=slug checked=is_shown on:change=change /> }
}

/// Shows or hides what a slug names, and stores the setting in the cookie.
pub fn show(hidden: RwSignal<HiddenColumns>, slug: &'static str, is_shown: bool) {
    hidden.update(|hidden| hidden.set(slug, !is_shown));
    cookie::set(HiddenColumns::COOKIE, &hidden.with_untracked(HiddenColumns::to_cookie));
}
