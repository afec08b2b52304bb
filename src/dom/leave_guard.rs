//! Asks before a page is left that holds what would be lost: by Back or Forward inside the portal, or with the document.

use std::{cell::Cell, rc::Rc};

use leptos::{
    ev,
    prelude::{WindowListenerHandle, window, window_event_listener},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Event;

/// Asks as long as it lives.
pub struct LeaveGuard {
    on_popstate: Closure<dyn Fn(Event)>,
    before_unload: Option<WindowListenerHandle>,
}

impl LeaveGuard {
    /// `is_at_risk` tells whether something would be lost now. The browser has words of its own for the document.
    pub fn new(question: &'static str, is_at_risk: impl Fn() -> bool + 'static) -> Self {
        let is_at_risk = Rc::new(is_at_risk);
        let address = window().location().href().unwrap_or_default();
        let (is_allowed, at_risk) = (Cell::new(false), is_at_risk.clone());
        let on_popstate = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if is_allowed.get() || !at_risk() {
                return;
            }
            // The browser has gone there already. The router does not hear of it, and the address is that of the page again.
            event.stop_immediate_propagation();
            let Ok(history) = window().history() else { return };
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
            if window().confirm_with_message(question).unwrap_or_default() {
                is_allowed.set(true);
                let _ = history.back();
            }
        });
        // Before the router, which listens without capturing.
        let _ = window().add_event_listener_with_callback_and_bool("popstate", on_popstate.as_ref().unchecked_ref(), true);
        let before_unload = window_event_listener(ev::beforeunload, move |event| {
            if is_at_risk() {
                event.prevent_default();
                // For browsers of before 2024.
                event.set_return_value("stored?");
            }
        });
        Self { on_popstate, before_unload: Some(before_unload) }
    }
}

impl Drop for LeaveGuard {
    fn drop(&mut self) {
        let _ =
            window().remove_event_listener_with_callback_and_bool("popstate", self.on_popstate.as_ref().unchecked_ref(), true);
        if let Some(before_unload) = self.before_unload.take() {
            before_unload.remove();
        }
    }
}
