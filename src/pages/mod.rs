//! The pages, one file for each route.

pub mod error;
pub mod loaded;
pub mod my_projects;
pub mod secret;
pub mod sign_in;
pub mod token;
pub mod tokens;
