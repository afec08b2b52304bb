//! Signing in, and who may not.

mod guessing;
mod sign_in;
