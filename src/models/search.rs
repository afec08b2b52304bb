//! Searches tokens by name or login name, name or e-mail of a user, reason why they are disabled, or address of their last use.
//! Case is ignored, and plain letters also match those with accents.

use super::{
    listed_tokens::{Field, ListedToken},
    text,
    token_list::TokenList,
};

/// A search prepared for one list: values that tokens share are compared once, not once per token.
pub struct Search {
    /// In lower case. An empty text finds everything.
    text: Vec<u8>,
    /// The prefix that a token's name must have for its login name to match; `None` if no login name can match.
    login_rest: Option<Vec<u8>>,
    /// Whether each user matches.
    users: Vec<bool>,
    /// Whether each text of the list matches.
    texts: Vec<bool>,
}

impl Search {
    pub fn new(typed: &str, list: &TokenList) -> Self {
        let text = text::lower(&text::search(typed)).into_bytes();
        let (mut users, mut texts) = (Vec::new(), Vec::new());
        if !text.is_empty() {
            let has = |within: &str| contains(within.as_bytes(), &text);
            users = list.users.iter().map(|user| has(&user.name) || has(&user.email)).collect();
            texts = list.texts.iter().map(|text| has(text)).collect();
            for (found, searched) in [(&mut users, &list.searched_users), (&mut texts, &list.searched_texts)] {
                for (index, text) in searched {
                    if let Some(found) = found.get_mut(*index as usize) {
                        *found |= has(text);
                    }
                }
            }
        }
        Self { login_rest: login_rest(&text, list.login_prefix.as_bytes()), text, users, texts }
    }

    pub fn finds(&self, token: ListedToken<'_>) -> bool {
        let is = |found: &[bool], field| found.get(token.number(field) as usize).copied().unwrap_or_default();
        if self.text.is_empty() {
            return true;
        }
        let name = token.name().as_bytes();
        contains(name, &self.text)
            || self.login_rest.as_ref().is_some_and(|rest| starts_with(name, rest))
            || is(&self.users, Field::CreatedFor)
            || is(&self.users, Field::CreatedBy)
            || is(&self.texts, Field::StatusReason)
            || is(&self.texts, Field::LastAddress)
    }
}

/// Whether bytes contain this text, which is in lower case and not empty, ignoring ASCII case.
fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn starts_with(name: &[u8], text: &[u8]) -> bool {
    name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text))
}

/// The part after the dot, if the text is a login name or the end of its project key with the dot. A text within the project key
/// does not count: it would match every token, so a search for `prod` in ACMEPROD could never find only `prod-1`.
fn login_rest(text: &[u8], prefix: &[u8]) -> Option<Vec<u8>> {
    let (before, rest) = text.split_at_checked(text.iter().position(|byte| *byte == b'.')? + 1)?;
    prefix.ends_with(before).then(|| rest.to_vec())
}

#[cfg(test)]
mod tests {
    use super::{contains, login_rest};

    #[test]
    fn a_name_is_searched_without_regard_to_case() {
        assert!(contains(b"CI-Main", b"i-m") && contains(b"ci", b"ci"));
        assert!(!contains(b"ci", b"ci-main") && !contains(b"ci-main", b"cd"));
    }

    #[test]
    fn a_login_name_is_found_from_its_dot_on() {
        let rest = |text: &str| login_rest(text.as_bytes(), b"acmeprod.").map(String::from_utf8);
        assert_eq!(rest("acmeprod.ci"), Some(Ok("ci".to_owned())));
        assert_eq!((rest("prod."), rest(".node-2")), (Some(Ok(String::new())), Some(Ok("node-2".to_owned()))));
        for none in ["prod", "acmeprod", "acme.ci", "xacmeprod.ci", "10.0.4.7", ""] {
            assert_eq!(rest(none), None, "{none}");
        }
    }
}
