//! The token endpoint.

mod access;
mod clients;
mod forms;
mod journal;
mod jwt;
mod pasted_secrets;
mod shapes;
