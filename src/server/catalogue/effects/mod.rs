//! What an import does to users, before it is done: a catalogue says what is so, and an operator wants to know whom it hurts.
//!
//! [`snapshot`] reads who may do what before and after, in the import's own transaction; [`compare`] tells the difference.

mod access;
mod compare;
mod effect;
mod snapshot;
mod users;

pub use compare::lines;
pub use snapshot::Snapshot;
