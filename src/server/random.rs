//! Randomness as an argument, like time: all random values come from here, and tests use a fixed seed.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{CryptoRng, RngExt, SeedableRng, rngs::StdRng};

/// The source of randomness.
#[derive(Clone, Debug)]
pub enum Random {
    /// The thread's generator, seeded by the operating system.
    System,
    /// The same sequence each time, for tests.
    Seeded(Arc<Mutex<StdRng>>),
}

impl Random {
    /// Creates a generator with a fixed seed.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Random bytes for a key, a cookie or an id.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.draw(|rng| rng.fill(&mut bytes));
        bytes
    }

    /// Calls `from` with the generator, for values other than bytes, such as characters.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws")]
    pub fn draw<T>(&self, from: impl FnOnce(&mut dyn CryptoRng) -> T) -> T {
        match self {
            Self::System => from(&mut rand::rng()),
            Self::Seeded(rng) => from(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// A random number, for example for a folder's name.
    pub fn number(&self) -> u64 {
        u64::from_ne_bytes(self.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn one_seed_is_one_sequence_and_another_is_another() {
        let draw = |random: &Random| (random.bytes::<32>(), random.number());
        for seed in [1, 7, u64::MAX] {
            let (one, same, other) = (Random::seeded(seed), Random::seeded(seed), Random::seeded(seed / 2));
            let drawn = draw(&one);
            assert_eq!(drawn, draw(&same));
            assert_ne!(drawn, draw(&other));
            assert_ne!(drawn, draw(&one), "it goes on");
        }
        assert_ne!(draw(&Random::System), draw(&Random::System));
    }
}
