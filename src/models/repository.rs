//! Repository names, and the patterns that give access to them.

/// A repository's exact name, or `prefix/*` for everything below a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryPattern(String);

impl RepositoryPattern {
    /// Parses a pattern from the catalogue or the command line.
    ///
    /// # Errors
    /// The problem with the pattern.
    pub fn parse(text: &str) -> Result<Self, String> {
        let name = text.strip_suffix("/*").unwrap_or(text);
        if is_repository_name(name) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("{text:?} is neither a repository name such as wso2-apim/am nor a prefix such as wso2-apim/*"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a pattern matches a repository. `a/*` matches `a/b` and `a/b/c`, but neither `a` nor `ab/c`.
pub fn opens(pattern: &str, repository: &str) -> bool {
    match pattern.strip_suffix("/*") {
        Some(prefix) => repository
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| !rest.is_empty() && is_repository_name(repository)),
        None => pattern == repository,
    }
}

/// Whether a name follows the grammar of the Distribution specification: components of lower-case letters and digits, separated
/// inside by one `.`, one or two `_`, or dashes; joined by `/`; at most 255 characters.
pub fn is_repository_name(name: &str) -> bool {
    name.len() <= 255 && name.split('/').all(is_component)
}

fn is_component(component: &str) -> bool {
    let is_alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = component.as_bytes();
    let ends_well = bytes.first().copied().is_some_and(is_alphanumeric) && bytes.last().copied().is_some_and(is_alphanumeric);
    let separators = component.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()).filter(|run| !run.is_empty());
    ends_well && separators.into_iter().all(|run| matches!(run, "." | "_" | "__") || run.bytes().all(|b| b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::{RepositoryPattern, opens};

    #[test]
    fn a_prefix_opens_what_is_below_it_and_nothing_else() {
        assert!(opens("wso2-apim/*", "wso2-apim/am"));
        assert!(opens("wso2-apim/*", "wso2-apim/deep/er"));
        for closed in [
            "wso2-apim",
            "wso2-apim/",
            "wso2-apim-x/am",
            "wso2-apimx/am",
            "x/wso2-apim/am",
            "wso2-apim/../wso2-is/is",
            "wso2-apim/AM",
        ] {
            assert!(!opens("wso2-apim/*", closed), "{closed}");
        }
        assert!(opens("wso2-ob/obam", "wso2-ob/obam"));
        assert!(!opens("wso2-ob/obam", "wso2-ob/obam2"));
    }

    #[test]
    fn patterns_keep_the_grammar_of_the_registry() {
        for good in ["a", "a/*", "a/b", "a-b/c.d__e/*", "a--b"] {
            assert!(RepositoryPattern::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "*", "/*", "a/", "/a", "A/b", "a//b", "a/*/b", "a*", "a b", "-a", "a..b", "a___b", "a._b"] {
            assert!(RepositoryPattern::parse(bad).is_err(), "{bad}");
        }
    }
}
