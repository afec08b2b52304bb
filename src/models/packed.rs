//! Packed lists that are read without decoding: deserializing one copies its bytes, and each value is decoded on access.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A list of `u32`, four bytes each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers(#[serde(with = "serde_bytes")] Vec<u8>);

impl Numbers {
    const SIZE: usize = size_of::<u32>();

    pub fn push(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Returns the number at this index; `None` past the end.
    pub fn get(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at * Self::SIZE..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    pub fn len(&self) -> usize {
        self.0.len() / Self::SIZE
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A list of texts, concatenated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    all: String,
    /// The end of each text, in bytes.
    ends: Numbers,
}

impl Texts {
    /// Appends a text. Beyond 4 GiB in total, texts read as empty.
    pub fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    /// Returns the text at this index; empty past the end.
    pub fn get(&self, at: usize) -> &str {
        self.all.get(range(&self.ends, at)).unwrap_or_default()
    }
}

/// A list of byte strings, concatenated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    #[serde(with = "serde_bytes")]
    all: Vec<u8>,
    /// The end of each byte string.
    ends: Numbers,
}

impl Bytes {
    /// Appends a byte string. Beyond 4 GiB in total, they read as empty.
    pub fn push(&mut self, bytes: &[u8]) {
        self.all.extend_from_slice(bytes);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    /// Returns the byte string at this index; empty past the end.
    pub fn get(&self, at: usize) -> &[u8] {
        self.all.get(range(&self.ends, at)).unwrap_or_default()
    }
}

/// The range of an item in a concatenation; empty past the end.
fn range(ends: &Numbers, at: usize) -> Range<usize> {
    let end_of = |at: usize| ends.get(at).unwrap_or_default() as usize;
    at.checked_sub(1).map_or(0, end_of)..end_of(at)
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Numbers, Texts};

    #[test]
    fn what_went_in_comes_out() {
        let (mut numbers, mut texts, mut blobs) = (Numbers::default(), Texts::default(), Bytes::default());
        for (number, text) in [(7, "ci"), (u32::MAX, ""), (0, "grün")] {
            numbers.push(number);
            texts.push(text);
            blobs.push(text.as_bytes());
        }
        let bytes = postcard::to_allocvec(&(numbers, texts, blobs)).expect("packs");
        let (numbers, texts, blobs): (Numbers, Texts, Bytes) = postcard::from_bytes(&bytes).expect("unpacks");
        assert_eq!((0..4).map(|at| numbers.get(at)).collect::<Vec<_>>(), [Some(7), Some(u32::MAX), Some(0), None]);
        assert_eq!((0..4).map(|at| texts.get(at)).collect::<Vec<_>>(), ["ci", "", "grün", ""]);
        assert_eq!((0..4).map(|at| blobs.get(at)).collect::<Vec<_>>(), [&b"ci"[..], b"", "grün".as_bytes(), b""]);
        assert_eq!(numbers.len(), 3);
    }

    #[test]
    fn broken_bytes_are_empty() {
        let texts: Texts = postcard::from_bytes(&[1, b'a', 4, 9, 0, 0, 0]).expect("unpacks");
        assert_eq!(texts.get(0), "");
        let blobs: Bytes = postcard::from_bytes(&[1, b'a', 4, 9, 0, 0, 0]).expect("unpacks");
        assert_eq!(blobs.get(0), b"");
        let numbers: Numbers = postcard::from_bytes(&[3, 1, 2, 3]).expect("unpacks");
        assert_eq!(numbers.get(0), None);
    }
}
