//! The last event of an open page's event stream: the server sends the reason, the page shows it and does not reconnect.

/// The name of the event.
pub const EVENT: &str = "ended";
/// Its data if the session has ended.
pub const SIGNED_OUT: &str = "signed-out";
/// Its data if the user may no longer see the project.
pub const NO_ACCESS: &str = "no-access";
