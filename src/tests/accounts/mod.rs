//! Signing in, and who may not.

mod guessing;
mod sign_in;
mod sign_in_page;
