//! Recognises token secrets in other texts, where they must not stay: names, reasons, searches.

/// The prefix of every token secret. Secret scanners know it, so it must never change.
pub const PREFIX: &str = "wrt_";

/// Whether a text may contain a token secret, in any letter case.
pub fn contains_token_secret(text: &str) -> bool {
    text.as_bytes().windows(PREFIX.len()).any(|part| part.eq_ignore_ascii_case(PREFIX.as_bytes()))
}

/// The text, unless it may contain a token secret.
pub fn without_secret(text: &str) -> &str {
    if contains_token_secret(text) { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::{contains_token_secret, without_secret};

    #[test]
    fn a_secret_is_found_anywhere_in_a_text() {
        for holder in ["wrt_abc", "leaked: WRT_abc", "acme.wrt_"] {
            assert!(contains_token_secret(holder) && without_secret(holder).is_empty(), "{holder}");
        }
        for other in ["acme.ci-main", "wrt", "", "w_rt_"] {
            assert!(!contains_token_secret(other) && without_secret(other) == other, "{other}");
        }
    }
}
