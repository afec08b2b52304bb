//! The list follows what others change: the server says that something did, and the list is fetched anew.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use crate::{
    components::common::effect::{effect, on_window},
    dom::event_stream::{EventStream, is_page_hidden},
    error::AppError,
    models::stream_end,
    paths,
};

use super::token_list::ProjectTokens;

/// A stream that was refused, as while a server starts, is asked for again after this time, in milliseconds.
const TRY_AGAIN: u32 = 15_000;

/// Listens while the page is in view. A hidden page holds no connection: a browser has few for a host.
#[component]
pub fn LiveUpdates() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    effect(move || {
        // The stream closes and the timer ends when the effect goes, with the page.
        let stream = StoredValue::new_local(None::<EventStream>);
        let connect = move || {
            stream.try_update_value(|stream| {
                let open = stream.take().filter(|open| !open.is_closed());
                *stream = if is_page_hidden() || tokens.is_lost() { None } else { open.or_else(|| follow(tokens)) };
            });
        };
        connect();
        // Whoever comes back may have signed in again.
        let come_back = move || if tokens.is_lost() && !is_page_hidden() { tokens.refresh() } else { connect() };
        on_window("visibilitychange", move |_| come_back());
        StoredValue::new_local(Interval::new(TRY_AGAIN, connect));
    });
}

fn follow(tokens: ProjectTokens) -> Option<EventStream> {
    let address = paths::token_events(&tokens.key(), &tokens.revision.get_untracked());
    EventStream::open(&address, ["changed", stream_end::EVENT], move |data| match data.as_str() {
        stream_end::SIGNED_OUT => tokens.fail(AppError::Unauthenticated),
        stream_end::NO_ACCESS => tokens.fail(AppError::NotFound),
        // What this page did itself it has fetched already.
        revision if tokens.revision.try_get_untracked().is_some_and(|known| known != revision) => tokens.refresh(),
        _ => {}
    })
}
