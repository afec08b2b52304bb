//! A login name and a secret as received: from a registry's client, or pasted into *Test this token*.

use crate::models::text::is_invisible;

/// A login name and a secret, without surrounding characters from a file, a shell or an editor. The token endpoint and the
/// portal both use this type, so that they treat the same input alike. No `Debug` and no `Clone`: it contains a plain secret.
#[derive(Default, PartialEq, Eq)]
pub struct Credentials {
    login_name: String,
    secret: String,
}

impl Credentials {
    /// Trims both, and converts the case-insensitive login name to lower case.
    pub fn new(login_name: &str, secret: &str) -> Self {
        Self { login_name: trim(login_name).to_lowercase(), secret: trim(secret).to_owned() }
    }

    /// In lower case.
    pub fn login_name(&self) -> &str {
        &self.login_name
    }

    /// The plain secret.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

/// Trims blanks, line breaks, quotes, byte order marks and other invisible characters. No login name and no secret begins or
/// ends with one; inside the text they stay, and make it wrong.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || is_invisible(c))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}')
}

#[cfg(test)]
mod tests {
    use super::{Credentials, trim};

    #[test]
    fn what_stands_around_a_secret_is_taken_off() {
        for around in [
            "wrt_a\n",
            "wrt_a\r\n",
            " wrt_a",
            "\"wrt_a\"",
            "'wrt_a'\n",
            "\u{feff}wrt_a",
            "\u{feff}\"wrt_a\"\r\n",
            "\u{a0}wrt_a\u{2003}",
            "\u{201c}wrt_a\u{201d}",
            "\u{ab} wrt_a \u{bb}",
            "`wrt_a`",
            "\u{200b}wrt_a\u{2060}",
            "\t\u{202a}wrt_a\u{202c}",
            "wrt_a\u{85}",
        ] {
            assert_eq!(trim(around), "wrt_a", "{around:?}");
        }
    }

    #[test]
    fn what_stands_inside_or_is_no_blank_is_left() {
        for whole in ["wrt_ a", "wrt_\"a", "w\u{feff}rt_a", "wrt_a.", "wrt_a\0", "\u{1b}wrt_a", "-wrt_a_"] {
            assert_eq!(trim(whole), whole, "{whole:?}");
        }
        assert_eq!(trim(" \r\n\"\u{feff}"), "");
    }

    #[test]
    fn a_login_name_has_no_case_and_a_secret_has() {
        assert!(Credentials::new("\"ACME.ci-main\"", "'wrt_a'") == Credentials::new("acme.ci-main", "wrt_a"));
        assert!(Credentials::new("acme.ci-main", "WRT_A") != Credentials::new("acme.ci-main", "wrt_a"));
    }
}
