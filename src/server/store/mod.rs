//! The SQL of each feature.

pub mod accounts;
pub mod audit;
pub mod projects;
pub mod publishers;
pub mod tokens;
pub mod usage;
