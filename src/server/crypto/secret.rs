//! Token secrets: generation, recognition and hashing.
//!
//! A secret is `wrt_`, 33 random base62 characters (196 bits) and the CRC-32 of those as 6 base62 characters. The database
//! stores HMAC-SHA-256 under the server's key: at that entropy a slow hash adds no security, and would make every pull
//! expensive.

use std::fmt;

use rand::{RngExt, distr::Alphanumeric};
use ring::hmac;

use crate::{models::secret_text::PREFIX, server::random::Random};

const RANDOM_LENGTH: usize = 33;
const CHECKSUM_LENGTH: usize = 6;

/// A plain secret. It has no `Clone` and no `Serialize`, and its `Debug` does not show it.
pub struct PlainSecret(String);

impl PlainSecret {
    /// Generates a new secret.
    pub fn generate(random: &Random) -> Self {
        let random: String = random.draw(|rng| (0..RANDOM_LENGTH).map(|_| char::from(rng.sample(Alphanumeric))).collect());
        let checksum = checksum(&random);
        Self(format!("{PREFIX}{random}{checksum}"))
    }

    /// Returns the text. Call it only where the one response or output with the secret is written.
    pub fn reveal(self) -> String {
        self.0
    }
}

impl fmt::Debug for PlainSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlainSecret(…)")
    }
}

/// Whether a text has a secret's form and checksum. Detects a mistyped secret without the database.
pub fn is_well_formed(text: &str) -> bool {
    let Some(body) = text.strip_prefix(PREFIX) else { return false };
    body.len() == RANDOM_LENGTH + CHECKSUM_LENGTH
        && body.bytes().all(|b| b.is_ascii_alphanumeric())
        && checksum(&body[..RANDOM_LENGTH]) == body[RANDOM_LENGTH..]
}

fn checksum(random: &str) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut rest = crc32fast::hash(random.as_bytes()) as usize;
    let mut digits = [b'0'; CHECKSUM_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[rest % 62];
        rest /= 62;
    }
    digits.into_iter().map(char::from).collect()
}

/// The server's hashing key.
#[derive(Clone)]
pub struct Hasher(hmac::Key);

impl Hasher {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// Hashes a secret for the database: 64 hexadecimal characters.
    pub fn hash(&self, secret: &str) -> String {
        data_encoding::HEXLOWER.encode(hmac::sign(&self.0, secret.as_bytes()).as_ref())
    }

    /// Hashes a secret that was just generated.
    pub fn hash_new(&self, PlainSecret(secret): &PlainSecret) -> String {
        self.hash(secret)
    }

    /// Whether `secret` is the one behind `hash`, in constant time.
    pub fn matches(&self, secret: &str, hash: &str) -> bool {
        let known = data_encoding::HEXLOWER.decode(hash.as_bytes()).unwrap_or_default();
        hmac::verify(&self.0, secret.as_bytes(), &known).is_ok()
    }

    /// A fingerprint of the key itself, so that a wrong key file is detected at startup and not by a thousand refused pulls.
    pub fn fingerprint(&self) -> String {
        self.hash("registry-tokens hashing key")
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Hasher, PlainSecret, Random, is_well_formed};
    use crate::models::secret_text::contains_token_secret;

    #[test]
    fn one_seed_is_one_sequence_of_secrets() {
        let made = |random: &Random| PlainSecret::generate(random).reveal();
        for seed in [1, 7, u64::MAX] {
            let (one, same, other) = (Random::seeded(seed), Random::seeded(seed), Random::seeded(seed / 2));
            let secret = made(&one);
            assert_eq!(secret, made(&same));
            assert_ne!(secret, made(&other));
            assert_ne!(secret, made(&one), "it goes on");
        }
        assert_ne!(made(&Random::System), made(&Random::System));
    }

    #[test]
    fn a_secret_knows_its_own_form() {
        let secret = PlainSecret::generate(&Random::seeded(3));
        assert_eq!(format!("{secret:?}"), "PlainSecret(…)");
        let text = secret.reveal();
        assert_eq!(text.len(), 43);
        assert!(is_well_formed(&text));
        for at in 0..text.len() {
            let mut mistyped = text.clone().into_bytes();
            mistyped[at] = if mistyped[at] == b'a' { b'b' } else { b'a' };
            let mistyped = String::from_utf8(mistyped).expect("ASCII");
            assert!(!is_well_formed(&mistyped), "{at}");
        }
        assert!(!is_well_formed(""));
        for holder in [text.clone(), text.to_lowercase(), text.to_uppercase(), format!("acme.ci-main:{text}")] {
            assert!(contains_token_secret(&holder), "{holder}");
        }
        assert!(!is_well_formed(&text[..42]));
    }

    #[test]
    fn only_the_same_secret_under_the_same_key_matches() {
        let (one, other) = (Hasher::new(&[1; 32]), Hasher::new(&[2; 32]));
        let hash = one.hash("wrt_a");
        assert!(one.matches("wrt_a", &hash));
        assert!(!one.matches("wrt_b", &hash));
        assert!(!other.matches("wrt_a", &hash));
        assert!(!one.matches("wrt_a", "not hexadecimal"));
    }
}
