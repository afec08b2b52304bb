//! What keeps secrets: token secrets and their hashes, passwords, the keys that sign.

pub mod keys;
pub mod passwords;
pub mod secret;
