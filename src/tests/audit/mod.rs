//! The audit trail.

mod denials;
