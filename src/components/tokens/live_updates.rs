//! The list follows what others change: the server says that something did, and the list is fetched anew.

use gloo_timers::callback::Interval;
use leptos::{ev, prelude::*};

use crate::{
    dom::event_stream::{EventStream, is_page_hidden},
    paths,
};

use super::token_list::ProjectTokens;

/// A stream that was refused, as while a server starts, is asked for again after this time, in milliseconds.
const TRY_AGAIN: u32 = 15_000;

/// Listens while the page is in view. A hidden page holds no connection: a browser has few for a host.
#[component]
pub fn LiveUpdates() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    Effect::new(move |_| {
        // The stream closes when the effect goes, with the page.
        let stream = StoredValue::new_local(None::<EventStream>);
        let connect = move || {
            stream.try_update_value(|stream| {
                let open = stream.take().filter(|open| !open.is_closed());
                *stream = if is_page_hidden() { None } else { open.or_else(|| follow(tokens)) };
            });
        };
        connect();
        let shown = window_event_listener(ev::visibilitychange, move |_| connect());
        on_cleanup(move || shown.remove());
        // So does the timer.
        StoredValue::new_local(Interval::new(TRY_AGAIN, connect));
    });
}

fn follow(tokens: ProjectTokens) -> Option<EventStream> {
    let revision = tokens.revision.get_untracked();
    EventStream::open(&paths::token_events(&tokens.key(), &revision), "changed", move |revision| {
        // What this page did itself it has fetched already.
        if tokens.revision.try_get_untracked().is_some_and(|known| known != revision) {
            tokens.refresh();
        }
    })
}
