//! Formats lists and numbers as text.

/// The maximum number of names to list.
pub const MAX_NAMES: usize = 10;

/// The first names, and the number of the others: `a, b and 3 more`.
pub fn some_of(names: &[String]) -> String {
    let more = names.len().saturating_sub(MAX_NAMES);
    let first = names[..names.len() - more].join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}

/// `1 token`, `2 tokens`.
pub fn count(tokens: usize) -> String {
    if tokens == 1 { "1 token".to_owned() } else { format!("{tokens} tokens") }
}

/// `a`, `a and b`, `a, b and c`.
pub fn in_words<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items[..] {
        [] => String::new(),
        [only] => only.to_owned(),
        [ref first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(in_words(&["a"]), "a");
        assert_eq!(in_words(&["a", "b", "c"]), "a, b and c");
        assert_eq!(in_words::<&str>(&[]), "");
    }
}
