//! Entries of the audit trail: one for every change and every refusal.

pub mod denial_sum;
mod denial_windows;
pub mod denials;
pub mod store;
mod transaction;

use super::crypto::secret;

pub use transaction::Tx;

/// Untrusted text as it is stored and logged: at most `max` characters, no control characters, and never a token secret
/// that was typed in the place of a name.
pub fn sanitize_untrusted(text: &str, max: usize) -> String {
    if secret::contains_token_secret(text) {
        return "(a secret)".to_owned();
    }
    text.chars().take(max).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
