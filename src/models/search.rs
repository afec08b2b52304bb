//! Which tokens a text finds: by their name or login name, the name or e-mail of a user, the reason why they are disabled
//! or the address of their last use. Case does not matter, and plain letters find those with accents too.

use super::{
    listed_tokens::{Field, ListedToken},
    text,
    token_list::TokenList,
};

/// A text made ready for one list: what tokens share is looked at once, not once a token.
pub struct Search {
    /// In lower case. Empty where everything is found.
    text: Vec<u8>,
    /// What a token's name must start with for its login name to hold the text; `None` where none holds it.
    login_rest: Option<Vec<u8>>,
    /// For each user, whether the text finds them.
    users: Vec<bool>,
    /// The same of the list's texts.
    texts: Vec<bool>,
}

impl Search {
    pub fn new(typed: &str, list: &TokenList) -> Self {
        let text = text::search(typed).to_lowercase().into_bytes();
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

/// Whether bytes hold this text, which is in lower case and not empty, without regard to the case of ASCII letters.
fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn starts_with(name: &[u8], text: &[u8]) -> bool {
    name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text))
}

/// What stands behind the dot where a text is a login name, whole or from its middle on. A text that lies within the
/// project's key is none: it would find every token, so `prod` in ACMEPROD would never find `prod-1` alone.
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
