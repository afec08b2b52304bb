//! The audit trail: an entry for every change, and every denial (repeated ones are summed).

pub mod denial_sum;
mod denial_windows;
pub mod denials;
pub mod store;
mod transaction;

use crate::models::secret_text::contains_token_secret;

pub use transaction::Tx;

/// Sanitizes untrusted text for storage and logs: at most `max` characters, control characters replaced. A text with a token
/// secret (typed in place of a name) is replaced as a whole.
pub fn sanitize_untrusted(text: &str, max: usize) -> String {
    if contains_token_secret(text) {
        return "(a secret)".to_owned();
    }
    text.chars().take(max).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
