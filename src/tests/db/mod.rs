//! The database: behind a pooler, and when it does not do what it does on other days.

mod constraints;
mod poolers;
mod query_plans;
mod unavailable;
