//! Effects and event listeners with boxed closures. Leptos generates code for each closure type, some 350 bytes of WASM each
//! time; a boxed closure needs that code only once.

use leptos::prelude::*;

/// Runs the closure in the browser, now and whenever a signal that it read changes, as [`Effect::new`] does.
pub fn effect(run: impl FnMut() + 'static) {
    fn boxed(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    boxed(Box::new(run));
}

/// Listens to an event of the window until the current owner is cleaned up. Call it in the browser only, in an effect.
pub fn on_window(event: &'static str, heard: impl Fn(web_sys::Event) + 'static) {
    fn boxed(event: &'static str, heard: Box<dyn Fn(web_sys::Event)>) {
        let listener = window_event_listener_untyped(event, heard);
        on_cleanup(move || listener.remove());
    }
    boxed(event, Box::new(heard));
}
