//! The typed confirmation to delete tokens that were used recently: a token's name or, for many tokens, their number. The browser
//! and the server apply the same rules.

use super::{text::isolated, token::TokenRow, usage_words, words::count};

/// Whether one of these tokens is in use, so that deleting them has to be confirmed.
pub fn is_asked<'a>(rows: impl IntoIterator<Item = &'a TokenRow>) -> bool {
    rows.into_iter().any(usage_words::is_in_use)
}

/// The text to type to delete `all` tokens, of which `name` is the only one or one of them.
fn expected(all: usize, name: &str) -> String {
    if all == 1 { name.to_owned() } else { all.to_string() }
}

/// The label of the field.
pub fn label(all: usize, name: &str) -> String {
    let object = if all == 1 { "it".to_owned() } else { count(all) };
    format!("Type {} to delete {object}", isolated(&expected(all, name)))
}

/// The error for the typed text; `None` if it confirms. Case is ignored.
pub fn refusal(typed: &str, all: usize, name: &str) -> Option<String> {
    let (typed, expected) = (typed.trim(), expected(all, name));
    if typed.eq_ignore_ascii_case(&expected) {
        return None;
    }
    let what = if all == 1 { "the name of the token" } else { "the number of tokens" };
    let expected = isolated(&expected);
    Some(match typed {
        "" => format!("Type {expected}, {what}, to delete {}.", if all == 1 { "it" } else { "them" }),
        _ => format!("This is not {expected}, {what}. Nothing was deleted."),
    })
}

#[cfg(test)]
mod tests {
    use super::{label, refusal};

    #[test]
    fn one_token_is_confirmed_by_its_name_and_many_by_their_number() {
        assert_eq!(label(1, "Node-2"), "Type Node-2 to delete it");
        assert_eq!(label(31, "Node-2"), "Type 31 to delete 31 tokens");
        for (typed, all) in [("Node-2", 1), (" node-2\n", 1), ("31", 31), (" 31 ", 31)] {
            assert_eq!(refusal(typed, all, "Node-2"), None, "{typed:?}");
        }
        for (typed, all) in [("", 1), ("Node-20", 1), ("Node-", 1), ("1", 1), ("Node-2", 2), ("", 2), ("03", 3), ("three", 3)] {
            assert!(refusal(typed, all, "Node-2").is_some(), "{typed:?}");
        }
        assert_eq!(refusal(" ", 1, "Node-2").as_deref(), Some("Type Node-2, the name of the token, to delete it."));
        assert_eq!(refusal("4", 3, "x").as_deref(), Some("This is not 3, the number of tokens. Nothing was deleted."));
    }
}
