//! The living parts in the place of those that the server rendered, which look the same: see docs/decisions/0002.

use any_spawner::Executor;
use gloo_timers::future::TimeoutFuture;
use leptos::{
    prelude::*,
    tachys::view::{Mountable, Render},
    task::spawn_local,
};

use crate::browser;

use super::{
    address::follow_the_address,
    dialog::open_dialogs,
    live_updates::listen,
    token_filters::{SEARCH_ID, TokenFilters},
    token_table::TokenTable,
    tokens::{PageData, Tokens},
    tokens_section::{FILTERS_PART, FOOT_PART, HEAD_PART, SECTION_ID, TABLE_PART, TokensFoot, TokensHead},
    virtual_rows::ServerRows,
};

/// The element that carries [`PageData`] to the browser.
pub const DATA_ID: &str = "tokens-data";

/// Takes over part by part, each in a task of its own: a click or a key in between is answered at once. Does nothing on
/// pages that have no tokens.
pub fn take_over() {
    let Some(data) = browser::read_data::<PageData>(DATA_ID) else { return };
    // Fails only where it is one already.
    let _ = Executor::init_wasm_bindgen();
    spawn_local(async move {
        let owner = Owner::new();
        let tokens = owner.with(|| Tokens::new(data));
        owner.with(|| provide_context(tokens));
        for part in [head, filters, foot, table, answer, follow] {
            TimeoutFuture::new(0).await;
            owner.with(|| part(tokens));
        }
        // It lives as long as the page.
        std::mem::forget(owner);
    });
}

fn head(_: Tokens) {
    replace(HEAD_PART, view! { <TokensHead /> });
}

fn filters(tokens: Tokens) {
    if let Some(typed) = browser::typed_early(SEARCH_ID) {
        tokens.view.update(|view| typed.trim_start().clone_into(&mut view.filter.search));
    }
    let had_focus = browser::focused_id().as_deref() == Some(SEARCH_ID);
    replace(FILTERS_PART, view! { <TokenFilters /> });
    if had_focus {
        browser::caret_to_end(SEARCH_ID);
    }
}

fn foot(_: Tokens) {
    replace(FOOT_PART, view! { <TokensFoot /> });
}

fn table(_: Tokens) {
    let rows = browser::rows::body()
        .and_then(|rows| Some(ServerRows { height: browser::rows::average_height_in_view(&rows)?, above: -browser::top(&rows) }));
    if let Some(rows) = rows {
        provide_context(rows);
    }
    replace(TABLE_PART, view! { <TokenTable /> });
}

/// Everything is there: the page says so, and opens the dialog that its address names.
fn answer(tokens: Tokens) {
    open_dialogs(tokens);
    follow_the_address(tokens);
    tokens.hydrated.set(true);
    Effect::new(move |_| {
        browser::set_flag(SECTION_ID, "data-hydrated", tokens.hydrated.get());
        browser::set_flag(SECTION_ID, "data-complete", tokens.is_complete.get());
    });
}

/// The whole list, and what others change.
fn follow(tokens: Tokens) {
    if !tokens.is_complete.get_untracked() {
        tokens.refresh(Vec::new());
    }
    listen(tokens);
    let role = tokens.project.with_untracked(|project| project.role);
    Effect::new(move |_| {
        let is_busy = tokens.dialog.with(Option::is_some) || tokens.revealed.with(Option::is_some);
        // Who is no admin any more, or is one now, has another page.
        if tokens.project.with(|project| project.role) != role && !is_busy {
            browser::reload();
        }
    });
}

/// Puts a view in the place of what the server rendered in this element. The focus stays where it is.
fn replace<V: Render>(id: &str, view: V) {
    let Some(place) = browser::element(id) else { return };
    let focused = browser::focused_id();
    place.set_inner_html("");
    let mut state = view.build();
    state.mount(&place, None);
    // It lives as long as the page.
    std::mem::forget(state);
    browser::focus_if_lost(&focused.as_deref().into_iter().collect::<Vec<_>>());
}
