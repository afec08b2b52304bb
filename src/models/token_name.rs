//! The rules for token names, the same in the browser and on the server.

use std::fmt;

use super::text;

/// A valid Token Name: 3 to 64 letters, digits and inner dashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenName(String);

impl TokenName {
    /// The minimum and maximum length, in characters.
    pub const LENGTH: std::ops::RangeInclusive<usize> = 3..=64;

    /// Parses a typed name; surrounding whitespace is removed.
    ///
    /// # Errors
    /// The message for the field.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let name = text.trim();
        if name.is_empty() {
            return Err("Give the token a name, such as ci-main.");
        }
        if name.contains(text::is_invisible) {
            return Err("This holds a character that cannot be seen. Type the name anew.");
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err("Use letters a to z, digits and dashes only.");
        }
        if name.starts_with('-') || name.ends_with('-') {
            return Err("Start and end with a letter or a digit.");
        }
        if !Self::LENGTH.contains(&name.len()) {
            return Err("Use 3 to 64 characters.");
        }
        Ok(Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The user name for `docker login -u`: `<project key>.<token name>` in lower case.
    pub fn login_name(&self, project_key: &str) -> String {
        login_name(project_key, &self.0)
    }
}

/// The login name of an existing token: `<project key>.<token name>` in lower case.
pub fn login_name(project_key: &str, token_name: &str) -> String {
    format!("{project_key}.{token_name}").to_ascii_lowercase()
}

impl fmt::Display for TokenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::TokenName;

    #[test]
    fn names_keep_letters_digits_and_inner_dashes() {
        for good in ["abc", "CI-main", "a1-2-b", "-".repeat(0).as_str(), &"x".repeat(64)] {
            assert_eq!(TokenName::parse(good).is_ok(), !good.is_empty(), "{good}");
        }
        for bad in ["", "ab", "-abc", "abc-", "a_b", "a.b", "a b", "ümlaut", "a:b", "../x", &"x".repeat(65)] {
            assert!(TokenName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn login_names_are_lower_case() {
        let name = TokenName::parse(" CI-Main ").map(|name| name.login_name("ACMEPROD"));
        assert_eq!(name.as_deref(), Ok("acmeprod.ci-main"));
    }
}
