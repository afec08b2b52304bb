//! Packed lists that are read without decoding: deserializing one copies its bytes, and each value is decoded on access.

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
        let end_of = |at: usize| self.ends.get(at).unwrap_or_default() as usize;
        let start = at.checked_sub(1).map_or(0, end_of);
        self.all.get(start..end_of(at)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbers, Texts};

    #[test]
    fn what_went_in_comes_out() {
        let (mut numbers, mut texts) = (Numbers::default(), Texts::default());
        for (number, text) in [(7, "ci"), (u32::MAX, ""), (0, "grün")] {
            numbers.push(number);
            texts.push(text);
        }
        let bytes = postcard::to_allocvec(&(numbers, texts)).expect("packs");
        let (numbers, texts): (Numbers, Texts) = postcard::from_bytes(&bytes).expect("unpacks");
        assert_eq!((0..4).map(|at| numbers.get(at)).collect::<Vec<_>>(), [Some(7), Some(u32::MAX), Some(0), None]);
        assert_eq!((0..4).map(|at| texts.get(at)).collect::<Vec<_>>(), ["ci", "", "grün", ""]);
        assert_eq!(numbers.len(), 3);
    }

    #[test]
    fn broken_bytes_are_empty() {
        let texts: Texts = postcard::from_bytes(&[1, b'a', 4, 9, 0, 0, 0]).expect("unpacks");
        assert_eq!(texts.get(0), "");
        let numbers: Numbers = postcard::from_bytes(&[3, 1, 2, 3]).expect("unpacks");
        assert_eq!(numbers.get(0), None);
    }
}
