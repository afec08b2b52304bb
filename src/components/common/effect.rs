//! Effects and listeners of one type each. What Leptos generates around an effect or a listener is generated for each type
//! of closure, which is some 350 bytes of the browser part each time; behind a box it is there once.

use leptos::prelude::*;

/// Runs in the browser, now and whenever a signal that it read has changed, as [`Effect::new`] does.
pub fn effect(run: impl FnMut() + 'static) {
    fn boxed(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    boxed(Box::new(run));
}

/// Listens to an event of the window as long as the owner lives. To be called in the browser, in an effect.
pub fn on_window(event: &'static str, heard: impl Fn(web_sys::Event) + 'static) {
    fn boxed(event: &'static str, heard: Box<dyn Fn(web_sys::Event)>) {
        let listener = window_event_listener_untyped(event, heard);
        on_cleanup(move || listener.remove());
    }
    boxed(event, Box::new(heard));
}
