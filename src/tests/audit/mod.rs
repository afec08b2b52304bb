//! The audit trail.

mod denials;
mod search;
