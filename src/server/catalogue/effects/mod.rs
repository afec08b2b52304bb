//! Shows the effects of an import on users before it runs: a catalogue describes only the new state, and an operator wants to
//! know who loses access.
//!
//! [`snapshot`] reads all rights before and after, in the import's own transaction; [`compare`] reports the difference.

mod access;
mod compare;
mod effect;
mod snapshot;
mod users;

pub use compare::lines;
pub use snapshot::Snapshot;
