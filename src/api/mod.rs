//! The server functions, which the browser calls. Each authenticates the caller first, then calls one service.

pub mod client;
#[cfg(feature = "ssr")]
pub mod context;
pub mod projects;
pub mod tokens;
