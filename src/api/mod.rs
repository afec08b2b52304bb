//! Server functions: what the browser may ask of the server. Each gets the actor first, then calls one service.

pub mod client;
#[cfg(feature = "ssr")]
pub mod context;
pub mod projects;
pub mod tokens;
