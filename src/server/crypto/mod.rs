//! Cryptography: token secrets and their hashes, passwords, signing keys.

pub mod keys;
pub mod passwords;
pub mod secret;
