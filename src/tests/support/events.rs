//! Reads the event stream of an open page.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::{HeaderMap, Method},
};
use futures_util::StreamExt;

use crate::server::projects::events;

use super::{TestApp, http::Browser};

/// The interval at which streams poll for changes in tests.
pub const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Longer than any event takes.
const TIMEOUT: Duration = Duration::from_secs(20);

/// An event stream.
pub struct Stream {
    pub status: u16,
    pub headers: HeaderMap,
    body: BodyDataStream,
    /// Received text that is not parsed yet.
    text: String,
}

/// A message of an event stream.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub event: String,
    pub revision: String,
}

impl Browser<'_> {
    /// Opens the event stream of a project's page.
    pub async fn follow(&self, project: &str, query: &str) -> Stream {
        let path = format!("/projects/{project}/registry-tokens/events{query}");
        let (parts, body) = self.response(Method::GET, &path, "", Body::empty()).await.into_parts();
        Stream { status: parts.status.as_u16(), headers: parts.headers, body: body.into_data_stream(), text: String::new() }
    }
}

impl Stream {
    /// The next message; `None` if the stream has ended.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let value = message.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                    value.unwrap_or_default().to_owned()
                };
                let (event, revision, id) = (field("event"), field("data"), field("id"));
                self.text = rest.to_owned();
                // Comments have no event name; they only keep the connection alive.
                if !event.is_empty() {
                    assert_eq!(revision, id);
                    return Some(Told { event, revision });
                }
            } else {
                let chunk = tokio::time::timeout(TIMEOUT, self.body.next()).await.expect("a message, or the end");
                self.text.push_str(std::str::from_utf8(&chunk?.expect("a chunk")).expect("text"));
            }
        }
    }

    /// Reads the next message, checks its event name and returns its revision.
    pub async fn hears(&mut self, event: &str) -> String {
        let told = self.next().await.expect("the stream is open");
        assert_eq!(told.event, event);
        told.revision
    }

    /// Reads messages until the stream ends.
    pub async fn ends(&mut self) {
        while self.next().await.is_some() {}
    }
}

impl TestApp {
    /// See [`events::revision`].
    pub async fn revision(&self, project: &str) -> String {
        events::revision(&self.state, &mut self.state.db.reader(), project).await.expect("a revision")
    }
}
