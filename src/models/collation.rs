//! The collation of names: case-insensitive, letters with accents next to those without, numbers by value. The server sorts,
//! independently of the database, and the browser receives the list in that order.

use super::text;

/// A text in plain lower-case letters: without accents, and with letters such as `ß` and `ø` replaced by their usual ASCII
/// spelling.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text::lower(&text::decomposed(text)).chars() {
        match c {
            // The blocks of combining marks; marks that are letters of their script stay.
            '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}' => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ŧ' => plain.push('t'),
            'ς' => plain.push('σ'),
            _ => plain.push(c),
        }
    }
    plain
}

/// A sort key that compares bytewise in the order of names: `node-2` before `node-10`, `Zoë` between `Zoe` and `Zoltan`. Texts
/// that differ only in case have the same key.
pub fn sort_key(text: &str) -> String {
    let plain = plain(text);
    let mut key = String::with_capacity(plain.len() + text.len() + 4);
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let (digits, after) = number.split_at(number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len()));
        let digits = digits.trim_start_matches('0');
        key.push_str(before);
        // A number sorts where digits do, then by length, then by digits.
        key.push('0');
        key.push(u32::try_from(digits.len()).ok().and_then(char::from_u32).unwrap_or(char::MAX));
        key.push_str(digits);
        rest = after;
    }
    key.push_str(rest);
    // The rest only breaks ties. `\0` sorts before every other character, so that a name sorts before its extensions.
    key.push('\0');
    key.push_str(&text::lower(text));
    key
}

/// The rank of each key; equal keys share a rank.
pub fn ranks(keys: impl Iterator<Item = String>) -> Vec<u32> {
    let mut sorted: Vec<(String, u32)> = keys.zip(0..).collect();
    sorted.sort_unstable();
    let mut ranks = vec![0; sorted.len()];
    let mut rank = 0;
    for (at, (key, index)) in sorted.iter().enumerate() {
        if at > 0 && sorted[at - 1].0 != *key {
            rank += 1;
        }
        ranks[*index as usize] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{plain, ranks, sort_key};

    #[test]
    fn names_are_in_the_order_in_which_people_look_for_them() {
        let ordered = [
            "",
            "-1",
            "2",
            "10",
            "Ada",
            "ada-1",
            "Åsa",
            "asb",
            "Bob",
            "node",
            "node-1",
            "NODE-02",
            "node-2",
            "node-3",
            "node-10",
            "node-10-a2",
            "node-10-a10",
            "node-100",
            "nodes",
            "Øystein",
            "Oz",
            "Straße",
            "strasse-2",
            "Zoe",
            "Zoé",
            "Zoë",
            "zoe a",
            "Zoltan",
            "山田",
        ];
        for pair in ordered.windows(2) {
            assert!(sort_key(pair[0]) < sort_key(pair[1]), "{pair:?}");
        }
        assert_eq!(sort_key("CI-Main"), sort_key("ci-mAIN"));
        assert!(sort_key(&"9".repeat(300)) < sort_key(&format!("1{}", "0".repeat(300))));
    }

    #[test]
    fn plain_letters_stand_for_all() {
        for (text, expected) in [
            ("CI-Main", "ci-main"),
            ("Zoë Ångström", "zoe angstrom"),
            ("Zoe\u{308}", "zoe"),
            ("İstanbul ılık", "istanbul ilik"),
            ("Łódź, Straße", "lodz, strasse"),
            ("ＷＩＤＥ １０", "wide 10"),
            ("Nguyễn", "nguyen"),
            ("山田", "山田"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn equal_keys_share_a_rank() {
        assert_eq!(ranks(["b", "a", "b", "c"].map(str::to_owned).into_iter()), [1, 0, 1, 2]);
    }
}
