//! What a click in the section does. One listener serves everything that is text there: rows come and go as the window
//! scrolls, and a listener for each control costs code and time.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    api::tokens::end_overlap,
    browser,
    models::{
        filter::{Choice, Filter},
        view::View,
    },
};

use super::{
    dialog::Change, notice, page_state::PageState, selection::Selection, token_filters::SEARCH_ID, tokens::Tokens,
    tokens_section::SECTION_ID,
};

/// Answers from now on, as long as the page lives.
pub fn answer_clicks(tokens: Tokens) {
    browser::on(SECTION_ID, "click", move |event| {
        if let Some(event) = event.dyn_ref() {
            clicked(tokens, event);
        }
    });
}

/// Finds the control that was clicked by what stands in its `data-do`.
fn clicked(tokens: Tokens, event: &ev::MouseEvent) {
    let Some((what, control)) = browser::clicked_control(event) else { return };
    let value = control.get_attribute("value").unwrap_or_default();
    match what.as_str() {
        "select" => return select(tokens, &value, event.shift_key()),
        "select-all" => return select_all(tokens, browser::is_ticked(&control)),
        // The browser opens a link elsewhere.
        "view" | "clear-filters" if event.ctrl_key() || event.meta_key() || event.shift_key() => return,
        _ => event.prevent_default(),
    }
    match what.as_str() {
        "open" => tokens.open(&value),
        "end-overlap" => end_overlap_now(tokens, value, control),
        "view" => {
            let href = control.get_attribute("href").unwrap_or_default();
            let (_, query) = href.split_once('?').unwrap_or_default();
            tokens.view.set(PageState::read(query).view);
        }
        "clear-filters" => {
            tokens.view.update(|view| *view = View { sort: view.sort, ..View::default() });
            tokens.keep_focus(vec![SEARCH_ID.to_owned()]);
        }
        "change" => {
            if let Some(change) = Change::parse(&value) {
                tokens.selection.with_untracked(|selection| tokens.open_change(change, selection));
            }
        }
        "clear-selection" => {
            tokens.selection.update(Selection::clear);
            tokens.keep_focus(vec![format!("select-{}", tokens.last_selected.get_value())]);
        }
        "resync-all" => resync_all(tokens),
        "take-offer" => notice::take_offer(tokens),
        "dismiss" => {
            tokens.notice.set(None);
            tokens.keep_focus(Vec::new());
        }
        _ => {}
    }
}

/// Chooses a token, or no longer; with Shift, every token from the last one so clicked to this one.
fn select(tokens: Tokens, id: &str, is_range: bool) {
    let (list, order) = (tokens.list.read_untracked(), tokens.order.read_untracked());
    let chosen = !tokens.selection.with_untracked(|selection| selection.contains(id));
    let place = |id: &str| {
        let position = list.position(id)?;
        order.iter().position(|&at| at as usize == position)
    };
    let Some(this) = place(id) else { return };
    let from = tokens.last_selected.with_value(|last| is_range.then(|| place(last)).flatten()).unwrap_or(this);
    tokens.selection.update(|selection| selection.set(&list, &order[this.min(from)..=this.max(from)], chosen));
    tokens.last_selected.set_value(id.to_owned());
}

/// Chooses every token that the view shows, or none.
fn select_all(tokens: Tokens, on: bool) {
    let (list, order) = (tokens.list.read_untracked(), tokens.order.read_untracked());
    tokens.selection.update(|selection| selection.set(&list, &order, on));
}

fn end_overlap_now(tokens: Tokens, id: String, button: Element) {
    // Once: a second click would be refused, and that said over what the first one did.
    browser::set_attribute(&button, "disabled", Some(""));
    spawn_local(async move {
        match end_overlap(tokens.project_key(), id.clone()).await {
            Ok(()) => tokens.say("The overlap is ended: the former secret no longer works."),
            Err(error) => {
                tokens.say_error(&error);
                browser::set_attribute(&button, "disabled", None);
            }
        }
        tokens.refresh(vec![format!("regenerate-{id}")]);
    });
}

/// Opens the dialog of every token that has products to add.
fn resync_all(tokens: Tokens) {
    let mut chosen = Selection::default();
    let behind = Filter::default().toggled(Choice::ToAdd);
    tokens.list.with_untracked(|list| chosen.set(list, &behind.apply(list), true));
    tokens.open_change(Change::Resync, &chosen);
}
