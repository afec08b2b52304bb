//! What the server rendered comes alive, in its place: effects keep it as the state is, listeners answer to it. See
//! docs/decisions/0002.

use any_spawner::Executor;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::browser;

use super::{
    address::follow_the_address,
    attention, bulk_bar,
    clicks::answer_clicks,
    columns_menu, deferred,
    dialog::open_dialogs,
    generate_button,
    live_updates::listen,
    notice, token_filters, token_table,
    tokens::{PageData, Tokens},
    tokens_section,
};

/// The element that carries [`PageData`] to the browser.
pub const DATA_ID: &str = "tokens-data";
/// Milliseconds after which the page is held to be at rest.
const REST: u32 = 1_000;

/// Takes over part by part, each in a task of its own: a click or a key in between is answered at once. Does nothing on
/// pages that have no tokens.
pub fn take_over() {
    // Fails only where it is one already.
    let _ = Executor::init_wasm_bindgen();
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        let Some(data) = browser::read_data::<PageData>(DATA_ID) else { return };
        let owner = Owner::new();
        TimeoutFuture::new(0).await;
        let tokens = owner.with(|| Tokens::new(data));
        owner.with(|| provide_context(tokens));
        // First everything follows; only then may anything change.
        for part in [first_rows, rows, table, filters, rest, answer, list, follow] {
            TimeoutFuture::new(0).await;
            owner.with(|| part(tokens));
        }
        // It lives as long as the page.
        std::mem::forget(owner);
    });
}

/// A browser compiles a function of WebAssembly when it is first called. Those that make rows are so many that they get a
/// task of their own.
fn first_rows(tokens: Tokens) {
    token_table::make_rows(tokens);
}

fn rows(tokens: Tokens) {
    token_table::follow_the_rows(tokens);
}

fn table(tokens: Tokens) {
    token_table::follow_the_state(tokens);
}

fn filters(tokens: Tokens) {
    token_filters::follow_the_view(tokens);
}

fn rest(tokens: Tokens) {
    generate_button::follow_the_project(tokens);
    notice::follow_what_happens(tokens);
    attention::follow_the_list(tokens);
    bulk_bar::follow_the_selection(tokens);
    tokens_section::follow_the_state(tokens);
}

/// Everything is there: the page says so, and opens the dialog that its address names.
fn answer(tokens: Tokens) {
    answer_clicks(tokens);
    token_filters::answer(tokens);
    columns_menu::answer(tokens);
    open_dialogs(tokens);
    follow_the_address(tokens);
    tokens.hydrated.set(true);
}

/// The whole list.
fn list(tokens: Tokens) {
    if !tokens.is_complete.get_untracked() {
        tokens.refresh(Vec::new());
    }
}

/// What others change.
fn follow(tokens: Tokens) {
    listen(tokens);
    spawn_local(async move {
        TimeoutFuture::new(REST).await;
        deferred::load(tokens);
    });
    let role = tokens.project.with_untracked(|project| project.role);
    Effect::new(move |_| {
        let is_busy = tokens.dialog.with(Option::is_some) || tokens.revealed.with(Option::is_some);
        // Who is no admin any more, or is one now, has another page.
        if tokens.project.with(|project| project.role) != role && !is_busy {
            browser::reload();
        }
    });
}
