//! Server-sent events.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// An open stream; dropping it closes the connection.
pub struct EventStream {
    source: EventSource,
    /// Must live as long as the browser may call it.
    _on_event: Closure<dyn Fn(MessageEvent)>,
}

impl EventStream {
    /// Opens a stream. `on_event` receives the data of each event with one of these names. `None` if the browser cannot open it.
    pub fn open(address: &str, names: [&str; 2], on_event: impl Fn(String) + 'static) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let on_event = move |event: MessageEvent| event.data().as_string().into_iter().for_each(&on_event);
        let on_event = Closure::<dyn Fn(MessageEvent)>::new(on_event);
        for name in names {
            source.add_event_listener_with_callback(name, on_event.as_ref().unchecked_ref()).ok()?;
        }
        Some(Self { source, _on_event: on_event })
    }

    /// Whether the connection was refused. The browser reconnects by itself after a lost connection.
    pub fn is_closed(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Whether the page is hidden now.
pub fn is_page_hidden() -> bool {
    document().hidden()
}
