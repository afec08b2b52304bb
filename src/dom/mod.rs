//! Browser APIs that neither Leptos nor its router offers. The server never calls them.

pub mod clipboard;
pub mod cookie;
pub mod dialog;
pub mod download;
pub mod elements;
pub mod event_stream;
pub mod focus;
pub mod leave_guard;
pub mod local_time;
pub mod location;
pub mod scroll;
