//! Live updates: the server sends an event when something changed, and the list is fetched again.

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

/// The retry interval for a refused stream, as while a server starts, in milliseconds.
const TRY_AGAIN: u32 = 15_000;

/// Listens while the page is visible. A hidden page has no connection: a browser allows only a few per host.
#[component]
pub fn LiveUpdates() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    effect(move || {
        // The stream and the timer are dropped with the effect, when the page is left.
        let stream = StoredValue::new_local(None::<EventStream>);
        let connect = move || {
            stream.try_update_value(|stream| {
                let open = stream.take().filter(|open| !open.is_closed());
                *stream = if is_page_hidden() || tokens.is_lost() { None } else { open.or_else(|| follow(tokens)) };
            });
        };
        connect();
        // The user may have signed in again in another tab.
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
        // A change by this page: the list is already up to date.
        revision if tokens.revision.try_get_untracked().is_some_and(|known| known != revision) => tokens.refresh(),
        _ => {}
    })
}
