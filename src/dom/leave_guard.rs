//! Asks before a page is left that holds what would be lost: by Back or Forward inside the portal, or with the document.

use std::cell::RefCell;

use leptos::{
    ev,
    prelude::{WindowListenerHandle, window, window_event_listener},
};
use wasm_bindgen::JsValue;

/// What would be lost.
struct AtRisk {
    question: &'static str,
    /// The address of the page.
    address: String,
    is_at_risk: Box<dyn Fn() -> bool>,
}

thread_local! {
    static AT_RISK: RefCell<Option<AtRisk>> = const { RefCell::new(None) };
}

/// Listens to Back and Forward as long as the document lives. To be called before the application starts: browsers call
/// the listeners of a window in the order in which they came, and the router would have left the page already.
pub fn install() {
    // It is never removed.
    let _ = window_event_listener(ev::popstate, |event| {
        let question = AT_RISK.with_borrow(|guarded| {
            let AtRisk { question, address, .. } = guarded.as_ref().filter(|guarded| (guarded.is_at_risk)())?;
            // The browser has gone there already. The router does not hear of it, and the address is that of the page again.
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

/// Asks as long as it lives. There is one at a time.
pub struct LeaveGuard(Option<WindowListenerHandle>);

impl LeaveGuard {
    /// `is_at_risk` tells whether something would be lost now. The browser has words of its own for the document.
    pub fn new(question: &'static str, is_at_risk: impl Fn() -> bool + Clone + 'static) -> Self {
        let address = window().location().href().unwrap_or_default();
        AT_RISK.set(Some(AtRisk { question, address, is_at_risk: Box::new(is_at_risk.clone()) }));
        Self(Some(window_event_listener(ev::beforeunload, move |event| {
            if is_at_risk() {
                event.prevent_default();
                // For browsers of before 2024.
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
