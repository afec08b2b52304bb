//! Server-sent events: an open page is told that what it shows has changed.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::{self, StreamExt};

use crate::server::{
    service::{
        ServiceError,
        events::{self, Seat},
    },
    state::AppState,
};

use super::session;

/// A connection on which nothing is said for so long may be cut by a proxy.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /projects/KEY/registry-tokens/events?since=REVISION`
///
/// First `revision`, then `changed` after every change, each with the revision as its data and its id. Where the page
/// is behind already, by `since` or by the id that a browser sends when it comes back, `changed` follows at once.
pub async fn follow(State(state): State<AppState>, Path(key): Path<String>, parts: Parts) -> Response {
    match Watch::begin(state.clone(), key, parts).await {
        Ok(watch) => {
            let mut first = vec![event("revision", &watch.seen)];
            if known(&watch.parts).is_some_and(|known| known != watch.seen) {
                first.push(event("changed", &watch.seen));
            }
            let later = stream::unfold(watch, |mut watch| async move { Some((watch.next().await?, watch)) });
            let events = stream::iter(first).chain(later).map(Ok::<_, Infallible>);
            let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
            (headers, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response()
        }
        Err(failure) => {
            let error = failure.answer(&state);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}

fn event(name: &str, revision: &str) -> Event {
    Event::default().event(name).id(revision).data(revision)
}

/// The revision that the browser has, as far as it says so.
fn known(parts: &Parts) -> Option<String> {
    match parts.headers.get("last-event-id") {
        Some(id) => id.to_str().ok().map(str::to_owned),
        None => form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .find(|(name, _)| name == "since")
            .map(|(_, since)| since.into_owned()),
    }
}

/// An open stream. Between two looks it holds no connection to the database.
struct Watch {
    state: AppState,
    key: String,
    parts: Parts,
    seen: String,
    /// Given back with the stream.
    _seat: Seat,
}

impl Watch {
    async fn begin(state: AppState, key: String, parts: Parts) -> Result<Self, ServiceError> {
        let actor = session::actor(&state, &parts).await?;
        let seen = events::look(&state, &actor, &key).await?;
        let seat = Seat::take(&state, &actor)?;
        Ok(Self { state, key, parts, seen, _seat: seat })
    }

    /// The next change. The stream ends with the session, with the right to see the project, or with the server.
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                () = self.state.watchers.stopped() => return None,
                () = tokio::time::sleep(self.state.config.look_every) => {}
            }
            match self.look().await {
                Ok(revision) if revision != self.seen => {
                    self.seen = revision;
                    return Some(event("changed", &self.seen));
                }
                Ok(_) => {}
                // The database may be back at the next look.
                Err(ServiceError::Failed(error)) => tracing::warn!(%error, "events.unread"),
                // A refusal is no request of the person's: the audit trail has those only.
                Err(_) => return None,
            }
        }
    }

    async fn look(&self) -> Result<String, ServiceError> {
        let actor = session::actor(&self.state, &self.parts).await?;
        events::look(&self.state, &actor, &self.key).await
    }
}
