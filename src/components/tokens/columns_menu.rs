//! Which columns are shown, and whether rows have two lines. Remembered in a cookie, so that the server renders them so.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    dom::cookie,
    models::{
        hidden_columns::{HiddenColumns, SECOND_LINES, can_hide},
        sort::Column,
    },
};

/// A box to tick for each column but the name.
#[component]
pub fn ColumnsMenu(is_admin: bool) -> impl IntoView {
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.try_get_untracked().flatten() {
            menu.set_open(false);
        }
    };
    // Closes it when somebody goes elsewhere.
    let close_unless_in = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let menu = menu.try_get_untracked().flatten();
        if menu.is_some_and(|menu| target.is_some_and(|target| !menu.contains(Some(&target)))) {
            close();
        }
    };
    Effect::new(move |_| {
        let clicked = window_event_listener(ev::click, move |event| close_unless_in(event.target()));
        on_cleanup(move || clicked.remove());
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            let summary = menu.get_untracked().and_then(|menu| menu.first_element_child());
            if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = summary.focus();
            }
        }
    };
    let columns = Column::ALL.into_iter().filter(move |column| can_hide(*column) && (is_admin || !column.is_for_admins()));
    view! {
        <details
            class="columns-menu"
            node_ref=menu
            on:keydown=on_key
            on:focusout=move |event| close_unless_in(event.related_target())
        >
            <summary class="button button-quiet">"Columns"</summary>
            <fieldset class="columns-list">
                <legend class="hidden">"Columns shown"</legend>
                {columns.map(|column| view! { <label><Shown hidden slug=column.slug() />{column.label()}</label> }).collect_view()}
                <label class="second-lines"><Shown hidden slug=SECOND_LINES />"Two lines a row"</label>
            </fieldset>
        </details>
    }
}

/// The box of one column.
#[component]
fn Shown(hidden: RwSignal<HiddenColumns>, slug: &'static str) -> impl IntoView {
    let is_shown = hidden.with_untracked(|hidden| !hidden.hides(slug));
    let change = move |event| {
        hidden.update(|hidden| hidden.set(slug, !event_target_checked(&event)));
        cookie::set(HiddenColumns::COOKIE, &hidden.with_untracked(HiddenColumns::to_cookie));
    };
    view! { <input type="checkbox" value=slug checked=is_shown on:change=change /> }
}
