//! Connections have an end: how long a client may take to ask, and how many may be open at once.

use std::{
    future::{Ready, ready},
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use axum_server::{Handle, Server, accept::Accept};

/// A client has this long to send the head of a request, the first one and each after it: so this is also how long a connection
/// may stand idle.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// A request, with its body, is answered within this time. A stream of events has begun by then, and goes on.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// The most connections at once; one more is closed unanswered. Each takes some kilobytes and a file descriptor.
pub const MAX_CONNECTIONS: usize = 4_000;

/// A server for HTTP/1.1 on a listener, with these limits.
///
/// # Errors
/// Where the operating system refuses the listener.
pub fn server(listener: TcpListener, handle: Handle<SocketAddr>) -> io::Result<Server<SocketAddr, Limited>> {
    let limited = Limited { handle: handle.clone() };
    // HTTP/1.1 alone: what stands in front speaks it, and its limits are known.
    let mut server =
        axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(HEAD_TIMEOUT).http1_only().acceptor(limited);
    server.http_builder().http1().header_read_timeout(HEAD_TIMEOUT);
    Ok(server)
}

/// Refuses connections past [`MAX_CONNECTIONS`].
#[derive(Clone, Debug)]
pub struct Limited {
    handle: Handle<SocketAddr>,
}

impl<I, S> Accept<I, S> for Limited {
    type Stream = I;
    type Service = S;
    type Future = Ready<io::Result<(I, S)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        // The one that is being accepted is counted.
        if self.handle.connection_count() > MAX_CONNECTIONS {
            tracing::warn!(limit = MAX_CONNECTIONS, "connection.refused");
            return ready(Err(io::Error::other("too many connections")));
        }
        ready(Ok((stream, service)))
    }
}
