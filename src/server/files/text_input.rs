//! Decodes text files and standard input in the encodings that editors and shells write: with a byte order mark, or in
//! UTF-16.

use std::path::Path;

/// Maximum size of a text file, in bytes: a mistyped path must not fill the memory.
const MAX_LENGTH: u64 = 256 * 1024 * 1024;

/// The advice in errors.
const ADVICE: &str = "save it as UTF-8 (in PowerShell: Set-Content -Encoding utf8)";

/// Decodes UTF-8, with or without a byte order mark, or UTF-16. Removes the mark.
///
/// UTF-16 without a mark is recognised by its first character: an ASCII character has a zero byte there, which UTF-8 text
/// never has.
///
/// # Errors
/// What is wrong and how to save the text, to follow the text's name: `is not text in UTF-8: …`.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    let text = match bytes {
        [0, 0, 0xfe, 0xff, ..] | [0xff, 0xfe, 0, 0, ..] => return Err(format!("is in UTF-32: {ADVICE}")),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes)?,
        [first, 0, ..] if *first != 0 => utf_16(bytes, u16::from_le_bytes)?,
        [0, second, ..] if *second != 0 => utf_16(bytes, u16::from_be_bytes)?,
        _ => utf_8(bytes)?,
    };
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.trim_start_matches('\u{feff}').to_owned(),
        None => text,
    })
}

/// Reads a file and decodes it with [`decode`].
///
/// # Errors
/// One line that names the file.
pub fn read_file(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let failed = |cause: std::io::Error| format!("cannot read {shown}: {cause}");
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > MAX_LENGTH {
        return Err(format!("{shown} is larger than {} MiB", MAX_LENGTH >> 20));
    }
    decode(&std::fs::read(path).map_err(failed)?).map_err(|wrong| format!("{shown} {wrong}"))
}

fn utf_8(bytes: &[u8]) -> Result<String, String> {
    String::from_utf8(bytes.to_vec()).map_err(|cause| {
        let line = bytes[..cause.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("is not text in UTF-8, see line {line}: {ADVICE}")
    })
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    text.ok().filter(|_| rest.is_empty()).ok_or_else(|| format!("is damaged UTF-16: {ADVICE}"))
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn marks_are_taken_off_and_utf_16_is_read() {
        for text in ["{\"a\": \"é\"}\n", "x", "pässwörd🙂\r\n", ""] {
            let marked = format!("\u{feff}{text}");
            for bytes in [
                text.as_bytes().to_vec(),
                marked.as_bytes().to_vec(),
                utf_16(&marked, u16::to_le_bytes),
                utf_16(&marked, u16::to_be_bytes),
                utf_16(text, u16::to_le_bytes),
                utf_16(text, u16::to_be_bytes),
            ] {
                assert_eq!(decode(&bytes).as_deref(), Ok(text), "{bytes:x?}");
            }
        }
        assert_eq!(decode("\u{feff}\u{feff}{}".as_bytes()).as_deref(), Ok("{}"), "two files with a mark in one");
    }

    #[test]
    fn what_is_no_text_is_refused_with_how_to_save_it() {
        for (bytes, said) in [
            (&b"{}\n\"caf\xe9\""[..], "not text in UTF-8, see line 2"),
            (b"\xff\xfe{\0}", "damaged UTF-16"),
            (b"\xff\xfe\x00\xd8{\0", "damaged UTF-16"),
            (b"\xff\xfe\0\0{\0\0\0", "UTF-32"),
            (b"\x80", "not text in UTF-8, see line 1"),
        ] {
            let error = decode(bytes).expect_err(said);
            assert!(error.contains(said) && error.contains("save it as UTF-8") && !error.contains('\n'), "{error}");
        }
    }
}
