//! Passwords: hashed and compared with argon2id, a few at once, beside the threads that answer requests.

use std::sync::{Arc, OnceLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

/// The shortest and the longest password, in characters. There are no other rules: length is what counts.
pub const LENGTH: std::ops::RangeInclusive<usize> = 8..=512;

/// So many are hashed at once: each takes 19 MiB and some 30 ms of a core.
pub const SLOTS: usize = 2;

/// So many more wait, half a second at most. Whoever comes then is told to come again.
pub const MOST_WAITING: usize = 32;

/// Seconds after which they may.
const COME_AGAIN: u32 = 5;

/// Why a password was neither hashed nor compared.
#[derive(Debug)]
pub enum PasswordError {
    /// Too many wait; again after so many seconds.
    Overloaded { after: u32 },
    /// A fault of ours.
    Broken(String),
}

/// Where passwords are hashed.
#[derive(Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    places: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(SLOTS)), places: Semaphore::new(MOST_WAITING) }
    }
}

impl Passwords {
    /// The right to hash one password, after those who came before.
    ///
    /// # Errors
    /// [`PasswordError::Overloaded`] where too many wait.
    pub async fn turn(&self) -> Result<Turn, PasswordError> {
        let _place = self.places.try_acquire().map_err(|_| PasswordError::Overloaded { after: COME_AGAIN })?;
        Ok(Turn { _slot: self.slots.clone().acquire_owned().await.map_err(broken)? })
    }
}

/// See [`Passwords::turn`]. It goes along to the thread: whoever asked may be gone before the work is done.
#[derive(Debug)]
pub struct Turn {
    _slot: OwnedSemaphorePermit,
}

impl Turn {
    /// What the database keeps of a password.
    pub async fn hash(self, password: String) -> Result<String, PasswordError> {
        spawn_blocking(move || {
            let _turn = self;
            Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
        })
        .await
        .map_err(broken)?
        .map_err(broken)
    }

    /// Compares with the hash, or with one of nobody's, so that an unknown e-mail takes as long as a known one.
    pub async fn verify(self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        static NOBODYS: OnceLock<String> = OnceLock::new();
        spawn_blocking(move || {
            let _turn = self;
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| {
                NOBODYS
                    .get_or_init(|| Argon2::default().hash_password(b"nobody's").map(|hash| hash.to_string()).unwrap_or_default())
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
