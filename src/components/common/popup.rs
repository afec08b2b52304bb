//! What opens over the page and closes by itself: a `<details>` with the attribute `data-popup`. It opens without a script too.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDetailsElement, HtmlElement, KeyboardEvent, Node};

use super::effect::effect;

/// Closes popups, whatever part of the application made them: by Escape, which gives the focus back to the popup's button, by
/// a click elsewhere, and where the focus goes elsewhere. One for the application, as long as the document lasts.
#[component]
pub fn ClosePopups() -> impl IntoView {
    effect(|| {
        // Not `click`: a tap on plain text is none in some browsers.
        for event in ["pointerdown", "focusin", "keydown"] {
            let _ = window_event_listener_untyped(event, close);
        }
    });
}

/// Whether a popup is open, and what is to listen to its `toggle`.
pub fn track_open(popup: NodeRef<html::Details>) -> (RwSignal<bool>, impl Fn(ev::Event) + Clone + 'static) {
    let is_open = RwSignal::new(false);
    let read = move || {
        let popup = popup.try_get_untracked().flatten();
        is_open.try_set(popup.is_some_and(|popup| popup.open()));
    };
    // It may have been opened before the page hydrated.
    effect(move || {
        popup.track();
        read();
    });
    (is_open, move |_| read())
}

fn close(event: Event) {
    let Ok(found) = document().query_selector_all("details[data-popup][open]") else { return };
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
    let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    for popup in (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlDetailsElement>().ok()) {
        match (&key, &target) {
            (Some(key), _) if key == "Escape" => escape(&popup),
            // One that is gone from the page, as a chip that was just removed, closes nothing.
            (None, Some(target)) if target.is_connected() && !popup.contains(Some(target)) => popup.set_open(false),
            _ => {}
        }
    }
}

/// Closes one. Whoever was in it is at its button then.
fn escape(popup: &HtmlDetailsElement) {
    let holds_focus = document().active_element().is_some_and(|focused| popup.contains(Some(&focused)));
    popup.set_open(false);
    let summary = popup.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    if let Some(summary) = summary.filter(|_| holds_focus) {
        let _ = summary.focus();
    }
}
