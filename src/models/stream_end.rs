//! How the stream of an open page ends for good: the server says why, the page shows it and asks no more.

/// The name of the event.
pub const EVENT: &str = "ended";
/// Its data where the session has ended.
pub const SIGNED_OUT: &str = "signed-out";
/// Its data where the project may not be seen any more.
pub const NO_ACCESS: &str = "no-access";
