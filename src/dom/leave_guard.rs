//! Asks the user before leaving a page that would lose data, by Back or Forward inside the portal or by leaving the document.

use std::cell::RefCell;

use leptos::{
    ev,
    prelude::{WindowListenerHandle, window, window_event_listener},
};
use wasm_bindgen::JsValue;

/// The page that is guarded.
struct AtRisk {
    question: &'static str,
    /// The address of the page.
    address: String,
    is_at_risk: Box<dyn Fn() -> bool>,
}

thread_local! {
    static AT_RISK: RefCell<Option<AtRisk>> = const { RefCell::new(None) };
}

/// Registers the listener for Back and Forward, for the lifetime of the document. Call it before the application starts: a
/// window's listeners run in the order of registration, and the router would already have left the page.
pub fn install() {
    // The listener is never removed.
    let _ = window_event_listener(ev::popstate, |event| {
        let question = AT_RISK.with_borrow(|guarded| {
            let AtRisk { question, address, .. } = guarded.as_ref().filter(|guarded| (guarded.is_at_risk)())?;
            // The browser has already navigated. Hide the event from the router, and restore the page's address.
            event.stop_immediate_propagation();
            window().history().ok()?.push_state_with_url(&JsValue::NULL, "", Some(address)).ok()?;
            Some(*question)
        });
        if question.is_some_and(|question| window().confirm_with_message(question).unwrap_or_default()) {
            AT_RISK.take();
            let _ = window().history().and_then(|history| history.back());
        }
    });
}

/// Asks the user until it is dropped. Only one exists at a time.
pub struct LeaveGuard(Option<WindowListenerHandle>);

impl LeaveGuard {
    /// `is_at_risk` returns whether data would be lost now. When the document is left, the browser shows its own text.
    pub fn new(question: &'static str, is_at_risk: impl Fn() -> bool + Clone + 'static) -> Self {
        let address = window().location().href().unwrap_or_default();
        AT_RISK.set(Some(AtRisk { question, address, is_at_risk: Box::new(is_at_risk.clone()) }));
        Self(Some(window_event_listener(ev::beforeunload, move |event| {
            if is_at_risk() {
                event.prevent_default();
                // For browsers from before 2024.
                event.set_return_value("stored?");
            }
        })))
    }
}

impl Drop for LeaveGuard {
    fn drop(&mut self) {
        AT_RISK.take();
        if let Some(before_unload) = self.0.take() {
            before_unload.remove();
        }
    }
}
