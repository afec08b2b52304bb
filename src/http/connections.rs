//! Connections have an end: how long a client may take to ask, and how many may be open at once.

use std::{
    future::{Ready, ready},
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use axum_server::{Handle, Server, accept::Accept};

/// A request, with its body, is answered within this time. A stream of events has begun by then, and goes on.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// What one client, or all together, may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A client has this long to send the head of a request, the first one and each after it: so this is also how long a
    /// connection may stand idle.
    pub head: Duration,
    /// The most connections at once; one more is closed unanswered. Each takes some kilobytes and a file descriptor.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), connections: 4_000 }
    }
}

/// A server for HTTP/1.1 on a listener, with these limits.
///
/// # Errors
/// Where the operating system refuses the listener.
pub fn server(listener: TcpListener, handle: Handle<SocketAddr>, limits: Limits) -> io::Result<Server<SocketAddr, Limited>> {
    let limited = Limited { handle: handle.clone(), most: limits.connections };
    // HTTP/1.1 alone: what stands in front speaks it, and its limits are known.
    let mut server =
        axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(limits.head).http1_only().acceptor(limited);
    server.http_builder().http1().header_read_timeout(limits.head);
    Ok(server)
}

/// Refuses connections past the limit.
#[derive(Clone, Debug)]
pub struct Limited {
    handle: Handle<SocketAddr>,
    most: usize,
}

impl<I, S> Accept<I, S> for Limited {
    type Stream = I;
    type Service = S;
    type Future = Ready<io::Result<(I, S)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        // The one that is being accepted is counted.
        if self.handle.connection_count() > self.most {
            tracing::warn!(limit = self.most, "connection.refused");
            return ready(Err(io::Error::other("too many connections")));
        }
        ready(Ok((stream, service)))
    }
}
