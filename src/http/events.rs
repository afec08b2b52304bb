//! Server-sent events: inform an open page that the project has changed.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::{HeaderName, header, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::{self, Stream, StreamExt};

use crate::{
    error::AppError,
    models::stream_end,
    server::{
        error::ServiceError,
        projects::events::{self, StreamPermit},
        request::session,
        state::AppState,
    },
};

/// Interval of keep-alive comments: a proxy may close a connection that is idle for longer.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Retry delay of the last event. The page closes the stream within seconds; until then the browser must not reconnect.
const RETRY: Duration = Duration::from_secs(60);

/// `GET /projects/KEY/registry-tokens/events?since=REVISION`
///
/// Sends `revision` first, then `changed` after every change. Data and id of each are the revision. If the page is already
/// outdated, by `since` or by `Last-Event-ID` after a reconnect, `changed` follows at once. When the session or the access to
/// the project ends, the last event is `ended`, with `signed-out` or `no-access`.
pub async fn follow(State(state): State<AppState>, Path(key): Path<String>, parts: Parts) -> Response {
    let is_page = accepts_events(&parts);
    match EventStream::begin(state.clone(), key, parts).await {
        Ok(stream) => {
            let mut first = vec![event("revision", &stream.seen)];
            if known(&stream.parts).is_some_and(|known| known != stream.seen) {
                first.push(event("changed", &stream.seen));
            }
            let later = stream::unfold(stream, |mut stream| async move { Some((stream.next().await?, stream)) });
            respond(stream::iter(first).chain(later))
        }
        Err(failure) => {
            let error = failure.into_app_error(&state);
            // An EventSource does not show JavaScript the status code, so an event carries the reason.
            if let (true, Some(reason)) = (is_page, ended(&error)) {
                return respond(stream::iter([reason]));
            }
            error.into_response()
        }
    }
}

fn respond(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    let events = events.map(Ok::<_, Infallible>);
    (headers, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response()
}

/// Whether an EventSource sends the request: every browser sets this header for it.
fn accepts_events(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// The last event when access is denied permanently; `None` for other errors.
fn ended(error: &AppError) -> Option<Event> {
    let reason = match error {
        AppError::Unauthenticated => stream_end::SIGNED_OUT,
        AppError::NotFound => stream_end::NO_ACCESS,
        _ => return None,
    };
    Some(event(stream_end::EVENT, reason).retry(RETRY))
}

fn event(name: &str, revision: &str) -> Event {
    Event::default().event(name).id(revision).data(revision)
}

/// The revision that the browser shows, if the request names it.
fn known(parts: &Parts) -> Option<String> {
    match parts.headers.get("last-event-id") {
        Some(id) => id.to_str().ok().map(str::to_owned),
        None => form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .find(|(name, _)| name == "since")
            .map(|(_, since)| since.into_owned()),
    }
}

/// An open stream. It holds no database connection between two polls.
struct EventStream {
    state: AppState,
    key: String,
    parts: Parts,
    seen: String,
    is_over: bool,
    /// Whether the last poll failed, which is logged once.
    has_failed: bool,
    /// Released when the stream is dropped.
    _permit: StreamPermit,
}

impl EventStream {
    async fn begin(state: AppState, key: String, parts: Parts) -> Result<Self, ServiceError> {
        let actor = session::actor(&state, &state.unreadable_proxies, &parts).await?;
        let seen = events::poll(&state, &actor, &key).await?;
        let permit = StreamPermit::take(&state.streams, &actor)?;
        Ok(Self { state, key, parts, seen, is_over: false, has_failed: false, _permit: permit })
    }

    /// Waits for the next change. The stream ends when the session, the access to the project, or the server ends.
    async fn next(&mut self) -> Option<Event> {
        while !self.is_over {
            tokio::select! {
                () = self.state.streams.stopped() => return None,
                () = tokio::time::sleep(self.state.config.poll_interval) => {}
            }
            let polled = self.poll().await;
            let had_failed = std::mem::replace(&mut self.has_failed, matches!(polled, Err(ServiceError::Failed(_))));
            match polled {
                Ok(revision) if revision != self.seen => {
                    self.seen = revision;
                    return Some(event("changed", &self.seen));
                }
                Ok(_) => {}
                // The database may be available again at the next poll.
                Err(ServiceError::Failed(_)) if had_failed => {}
                Err(ServiceError::Failed(error)) => tracing::warn!(%error, "events.unread"),
                Err(refusal @ (ServiceError::Refused(_) | ServiceError::Denied(_))) => {
                    self.is_over = true;
                    return ended(&refusal.into_app_error(&self.state));
                }
                Err(ServiceError::Broken(_)) => return None,
            }
        }
        None
    }

    async fn poll(&self) -> Result<String, ServiceError> {
        let actor = session::actor(&self.state, &self.state.unreadable_proxies, &self.parts).await?;
        events::poll_again(&self.state, &actor, &self.key).await
    }
}
