//! Input text: invisible characters, and one normal form for comparison. The browser and the server apply the same rules.

/// Whether a character is invisible or changes the direction of others: Unicode's Default_Ignorable_Code_Point, its format
/// characters (except the printed ones), line and paragraph separators, and the blank Braille pattern. Control characters are not
/// included; `char::is_control` detects those.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The problem with a text that must be one line of visible characters, with the code point; `None` if there is none.
pub fn unwanted(text: &str) -> Option<String> {
    let found = text.chars().find(|c| c.is_control() || is_invisible(*c))?;
    let kind = if found.is_control() { "control" } else { "invisible" };
    Some(format!("this holds the {kind} character {}: take it out", code_point(found)))
}

/// A character in Unicode notation: `U+200B`.
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Isolates a name or other user input for use in a sentence: if it is read from right to left or changes the direction of what
/// follows, it is put between U+2068 and U+2069. Do not use it for text that is copied, searched or stored.
pub fn isolated(text: &str) -> String {
    if !text.contains(changes_direction) {
        return text.to_owned();
    }
    // One of these inside the text would end the isolation.
    let text: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    format!("\u{2068}{text}\u{2069}")
}

/// Whether a character belongs to a right-to-left script, or is a mark that sets a direction.
fn changes_direction(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The composed form (NFC): `é` is one character, however it was typed.
#[cfg(feature = "ssr")]
pub fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// The composed form (NFC): `é` is one character, however it was typed. Uses the browser's implementation.
#[cfg(not(feature = "ssr"))]
pub fn composed(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFC"))
}

/// The fully decomposed form (NFKD): `é` is an e and an accent, a wide letter a plain one.
#[cfg(feature = "ssr")]
pub fn decomposed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkd(text).collect()
}

/// The fully decomposed form (NFKD): `é` is an e and an accent, a wide letter a plain one. Uses the browser's implementation.
#[cfg(not(feature = "ssr"))]
pub fn decomposed(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFKD"))
}

/// The text in lower case.
#[cfg(feature = "ssr")]
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// The text in lower case. Uses the browser's implementation: Rust's brings tables of its own, 3.5 kB of browser code.
#[cfg(not(feature = "ssr"))]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { String::from(js_sys::JsString::from(text).to_lower_case()) }
}

/// Normalizes an e-mail for storage and comparison: composed, in lower case, without surrounding whitespace and invisible
/// characters.
pub fn email(typed: &str) -> String {
    let email = typed.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if email.is_ascii() { email.to_ascii_lowercase() } else { composed(&lower(&composed(email))) }
}

/// Normalizes a search text as names are stored: composed, trimmed, without control and invisible characters.
pub fn search(typed: &str) -> String {
    let seen: String = typed.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    if seen.is_ascii() { seen.trim().to_owned() } else { composed(seen.trim()) }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use icu_properties::{
        CodePointMapData, CodePointSetData,
        props::{BidiClass, DefaultIgnorableCodePoint, GeneralCategory, PrependedConcatenationMark},
    };

    use super::{changes_direction, email, is_invisible, isolated, search, unwanted};

    #[test]
    fn the_invisible_characters_are_those_of_unicode() {
        let (ignorable, printed) =
            (CodePointSetData::new::<DefaultIgnorableCodePoint>(), CodePointSetData::new::<PrependedConcatenationMark>());
        let categories = CodePointMapData::<GeneralCategory>::new();
        for c in '\0'..=char::MAX {
            let expected = match categories.get(c) {
                GeneralCategory::Format => !printed.contains(c),
                GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => true,
                _ => ignorable.contains(c) || c == '\u{2800}',
            };
            assert_eq!(is_invisible(c), expected, "{}", super::code_point(c));
        }
    }

    #[test]
    fn what_changes_the_direction_is_that_of_unicode() {
        let classes = CodePointMapData::<BidiClass>::new();
        for c in '\0'..=char::MAX {
            let expected = matches!(
                classes.get(c),
                BidiClass::RightToLeft
                    | BidiClass::ArabicLetter
                    | BidiClass::ArabicNumber
                    | BidiClass::LeftToRightEmbedding
                    | BidiClass::LeftToRightOverride
                    | BidiClass::RightToLeftEmbedding
                    | BidiClass::RightToLeftOverride
                    | BidiClass::PopDirectionalFormat
                    | BidiClass::LeftToRightIsolate
                    | BidiClass::RightToLeftIsolate
                    | BidiClass::FirstStrongIsolate
                    | BidiClass::PopDirectionalIsolate
            );
            // Marks and signs of those scripts are isolated too.
            assert!(changes_direction(c) || !expected, "{}", super::code_point(c));
            let is_plain = classes.get(c) == BidiClass::LeftToRight && c != '\u{200e}';
            assert!(!changes_direction(c) || !is_plain, "{}", super::code_point(c));
        }
    }

    #[test]
    fn what_is_typed_does_not_change_the_direction_of_what_follows() {
        for plain in ["", "ci-main", "Zoë Ångström", "山田 太郎", "🙂"] {
            assert_eq!(isolated(plain), plain);
        }
        assert_eq!(isolated("דנה"), "\u{2068}דנה\u{2069}");
        assert_eq!(isolated("evil\u{202e}"), "\u{2068}evil\u{202e}\u{2069}");
        assert_eq!(isolated("a\u{2069}\u{202e}b"), "\u{2068}a\u{202e}b\u{2069}", "it cannot end its own isolation");
    }

    #[test]
    fn an_e_mail_has_one_form() {
        for (typed, kept) in [
            ("  Admin@ACME.example\r\n", "admin@acme.example"),
            ("\u{feff}admin@acme.example\u{200b}", "admin@acme.example"),
            ("Jose\u{301}@ACME.example", "josé@acme.example"),
            ("JOS\u{c9}@acme.example", "josé@acme.example"),
            ("\u{1100}\u{1161}@acme.example", "\u{ac00}@acme.example"),
            ("\u{212b}sa@acme.example", "åsa@acme.example"),
            ("I\u{307}@acme.example", "i\u{307}@acme.example"),
        ] {
            assert_eq!(email(typed), kept, "{typed:?}");
            assert_eq!(email(kept), kept, "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_named_by_its_code_point() {
        for (text, code_point) in [
            ("a\u{200b}b", "invisible character U+200B"),
            ("\u{e0041}", "invisible character U+E0041"),
            ("a\tb", "control character U+0009"),
        ] {
            assert!(unwanted(text).is_some_and(|wrong| wrong.contains(code_point)), "{text:?}");
        }
        for text in ["", "Ünï cödé", "日本語\u{3000}名", "علي", "🙂"] {
            assert_eq!(unwanted(text), None, "{text:?}");
        }
        assert_eq!(search(" \u{200b}Jose\u{301}\u{1} "), "José");
    }
}
