//! The database: behind a connection pooler, and when it is unavailable.

mod constraints;
mod deadlocks;
mod first_start;
mod lost_answer;
mod poolers;
mod query_plans;
mod unavailable;
