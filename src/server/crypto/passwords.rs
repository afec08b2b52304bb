//! Password hashing with argon2id, with limited concurrency, on blocking threads.

use std::sync::{Arc, OnceLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

/// Minimum and maximum length of a password, in characters. There are no other rules: only length counts.
pub const LENGTH: std::ops::RangeInclusive<usize> = 8..=512;

/// Maximum number of hashes at once: each takes 19 MiB and about 30 ms of a core.
pub const SLOTS: usize = 2;

/// Maximum number of queued requests; each waits half a second at most. Further ones are refused with `RETRY_AFTER`.
pub const MAX_WAITING: usize = 32;

/// Seconds after which a refused request may be retried.
const RETRY_AFTER: u32 = 5;

/// Why a password was neither hashed nor compared.
#[derive(Debug)]
pub enum PasswordError {
    /// The queue is full; retry after this many seconds.
    Overloaded { after: u32 },
    /// An internal error.
    Broken(String),
}

/// The queue for hashing passwords.
#[derive(Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    queue: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(SLOTS)), queue: Semaphore::new(MAX_WAITING) }
    }
}

impl Passwords {
    /// Waits for a permit to hash one password.
    ///
    /// # Errors
    /// [`PasswordError::Overloaded`] if the queue is full.
    pub async fn permit(&self) -> Result<HashPermit, PasswordError> {
        let _queued = self.queue.try_acquire().map_err(|_| PasswordError::Overloaded { after: RETRY_AFTER })?;
        Ok(HashPermit { _slot: self.slots.clone().acquire_owned().await.map_err(broken)? })
    }
}

/// See [`Passwords::permit`]. The hashing thread owns it, because the request may be cancelled before the work is done.
#[derive(Debug)]
pub struct HashPermit {
    _slot: OwnedSemaphorePermit,
}

impl HashPermit {
    /// Hashes a password for the database.
    pub async fn hash(self, password: String) -> Result<String, PasswordError> {
        spawn_blocking(move || {
            let _permit = self;
            Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
        })
        .await
        .map_err(broken)?
        .map_err(broken)
    }

    /// Compares with the hash, or with a dummy hash, so that an unknown e-mail takes as long as a known one.
    pub async fn verify(self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        static DUMMY_HASH: OnceLock<String> = OnceLock::new();
        spawn_blocking(move || {
            let _permit = self;
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| {
                DUMMY_HASH
                    .get_or_init(|| Argon2::default().hash_password(b"dummy").map(|hash| hash.to_string()).unwrap_or_default())
                    .clone()
            });
            let matches = password.chars().count() <= *LENGTH.end()
                && PasswordHash::new(&hash)
                    .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            known && matches
        })
        .await
        .map_err(broken)
    }
}

fn broken(cause: impl std::fmt::Display) -> PasswordError {
    PasswordError::Broken(cause.to_string())
}
