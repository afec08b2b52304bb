//! The import of projects, products, users and subscriptions: a JSON file, checked as a whole and applied as a whole.
//!
//! [`json`] parses it, [`check`] collects errors in [`findings`], each with its path, and [`import`] updates the database.

pub mod check;
pub mod effects;
pub mod findings;
pub mod import;
pub mod json;
pub mod periods;
pub mod preview;
mod store;
mod subscriptions;

/// The content of a file.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub products: Vec<Product>,
    pub users: Vec<User>,
    pub projects: Vec<Project>,
}

#[derive(Debug)]
pub struct Product {
    pub key: String,
    pub name: String,
    /// Sorted.
    pub repositories: Vec<String>,
}

/// A user or a service user; the e-mail in the form of [`crate::models::text::email`].
#[derive(Debug)]
pub struct User {
    pub email: String,
    pub name: String,
    pub active: bool,
}

#[derive(Debug)]
pub struct Project {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub support_tier: String,
    pub closed: bool,
    pub subscriptions: Vec<Subscription>,
    pub members: Vec<Member>,
    pub service_users: Vec<User>,
}

#[derive(Debug)]
pub struct Subscription {
    pub product: String,
    pub starts: String,
    pub ends: String,
}

#[derive(Debug)]
pub struct Member {
    pub email: String,
    pub role: crate::models::account::Role,
}
