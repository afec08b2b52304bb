//! The sender of a request: the client's address, and the user behind the session cookie.

pub mod client_address;
pub mod cookies;
pub mod session;
