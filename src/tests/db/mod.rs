//! The database: behind a connection pooler, and when it is unavailable.

mod constraints;
mod poolers;
mod query_plans;
mod unavailable;
