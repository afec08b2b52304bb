//! Entries of the audit trail: one for every change and every refusal.

pub mod denial_sum;
mod denial_windows;
pub mod denials;
pub mod store;
mod transaction;

use super::crypto::secret;

pub use transaction::Tx;

/// What a stranger typed, as it is kept and logged: so many characters of it, no control character, and never a secret
/// that somebody put in the place of a name.
pub fn typed(text: &str, most: usize) -> String {
    if secret::is_in(text) {
        return "(a secret)".to_owned();
    }
    text.chars().take(most).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
