//! Tests of signing in and its rate limits.

mod guessing;
mod sign_in;
mod sign_in_page;
