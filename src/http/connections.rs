//! Limits on connections: how long a client may take to send a request, and how many connections may be open at once.

use std::{
    future::{Ready, ready},
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use axum_server::{Handle, Server, accept::Accept};

/// The timeout of a request, including its body. An event stream has started to respond by then, and continues.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Limits for one connection and for all together.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time a client has to send the head of each request. It is also the longest time that a connection may be idle.
    pub head: Duration,
    /// The maximum number of open connections. Further ones are closed without a response. Each takes a few kilobytes and a
    /// file descriptor.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), connections: 4_000 }
    }
}

/// Creates an HTTP/1.1 server on a listener, with these limits.
///
/// # Errors
/// The operating system refuses the listener.
pub fn server(listener: TcpListener, handle: Handle<SocketAddr>, limits: Limits) -> io::Result<Server<SocketAddr, Limited>> {
    let limited = Limited { handle: handle.clone(), most: limits.connections };
    // HTTP/1.1 only: reverse proxies use it, and its limits are known.
    let mut server =
        axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(limits.head).http1_only().acceptor(limited);
    server.http_builder().http1().header_read_timeout(limits.head);
    Ok(server)
}

/// Refuses connections above the limit.
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
        // The count includes the connection that is being accepted.
        if self.handle.connection_count() > self.most {
            tracing::warn!(limit = self.most, "connection.refused");
            return ready(Err(io::Error::other("too many connections")));
        }
        ready(Ok((stream, service)))
    }
}
