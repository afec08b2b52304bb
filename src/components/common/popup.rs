//! Popups: a `<details>` with the attribute `data-popup` that closes by itself. It also opens without JavaScript.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDetailsElement, HtmlElement, KeyboardEvent, Node};

use super::effect::effect;

/// Closes every popup of the application: on Escape, which returns the focus to the popup's button; on a click outside; and when
/// the focus moves outside. Render it once, for the lifetime of the document.
#[component]
pub fn ClosePopups() -> impl IntoView {
    effect(|| {
        // Not `click`: some browsers fire no `click` for a tap on plain text.
        for event in ["pointerdown", "focusin", "keydown"] {
            let _ = window_event_listener_untyped(event, close);
        }
    });
}

/// Returns whether a popup is open, and the event handler for its `toggle` event.
pub fn track_open(popup: NodeRef<html::Details>) -> (RwSignal<bool>, impl Fn(ev::Event) + Clone + 'static) {
    let is_open = RwSignal::new(false);
    let read = move || {
        let popup = popup.try_get_untracked().flatten();
        is_open.try_set(popup.is_some_and(|popup| popup.open()));
    };
    // The user may have opened it before the page hydrated.
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
            // A target that has left the document, such as a chip that was just removed, closes nothing.
            (None, Some(target)) if target.is_connected() && !popup.contains(Some(target)) => popup.set_open(false),
            _ => {}
        }
    }
}

/// Closes one popup. If the focus was inside, it moves to the popup's button.
fn escape(popup: &HtmlDetailsElement) {
    let holds_focus = document().active_element().is_some_and(|focused| popup.contains(Some(&focused)));
    popup.set_open(false);
    let summary = popup.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    if let Some(summary) = summary.filter(|_| holds_focus) {
        let _ = summary.focus();
    }
}
