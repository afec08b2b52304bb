//! Limits failed attempts. `now` is in seconds of a monotonic clock: `Clock::uptime`.
//!
//! This is not the crate governor: attempts are counted before they are checked, and governor cannot refund a correct one.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::Ipv6Addr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Length of the window in which failures are counted, in seconds.
const WINDOW: i64 = 60;
/// Maximum number of failures for one name from one address.
const PER_NAME: u32 = 10;
/// Maximum number of failures from one address, for all names together.
const PER_ADDRESS: u32 = 100;
/// Maximum number of counters, about 4 MB. Only an attack from about a thousand addresses at once needs more. Then all
/// counters are reset: limits per address cannot stop such an attack.
const MAX_COUNTERS: usize = 100_000;

/// Failure counters of this process, for one kind of name.
#[derive(Debug, Default)]
pub struct RateLimiter {
    counters: Mutex<Counters>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct Counters {
    /// Keyed by a seeded hash, so that long names take no more memory and an attacker cannot choose colliding names.
    windows: HashMap<u64, Window>,
    /// When ended windows were last removed.
    swept: i64,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    began: i64,
    failures: u32,
    has_refused: bool,
}

/// The hashes of a name with its address, and of the address alone.
#[derive(Debug, Clone, Copy)]
struct Keys {
    name: u64,
    address: u64,
}

/// The refusal of an attempt, independent of whether its secret is correct.
#[derive(Debug, PartialEq, Eq)]
pub struct RateLimited {
    /// Seconds until a retry is allowed.
    pub after: u32,
    /// The first refusal in this window; later ones need no audit entry.
    pub is_first: bool,
}

impl std::fmt::Display for RateLimited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "too many failures; refused for {} seconds", self.after)
    }
}

/// A counted attempt.
#[derive(Debug)]
pub struct Attempt {
    keys: Keys,
    at: i64,
}

/// What counts as one address. For IPv6 it is the /64 network, because a customer can use every address in it.
#[derive(Hash)]
enum Network<'a> {
    V6([u16; 4]),
    Other(&'a str),
}

impl<'a> Network<'a> {
    fn of(address: &'a str) -> Self {
        match address.parse::<Ipv6Addr>().map(|address| address.segments()) {
            Ok([a, b, c, d, ..]) => Self::V6([a, b, c, d]),
            Err(_) => Self::Other(address),
        }
    }
}

impl RateLimiter {
    /// Checks whether this address may make an attempt for this name.
    ///
    /// # Errors
    /// [`RateLimited`].
    pub fn check(&self, address: &str, name: &str, now: i64) -> Result<(), RateLimited> {
        self.lock().check(self.keys(address, name), now)
    }

    /// Counts an attempt as a failure, if the limits allow it.
    ///
    /// # Errors
    /// [`RateLimited`]; then the attempt is not counted.
    pub fn count(&self, address: &str, name: &str, now: i64) -> Result<Attempt, RateLimited> {
        let keys = self.keys(address, name);
        let mut counters = self.lock();
        counters.check(keys, now)?;
        counters.count(keys, now);
        Ok(Attempt { keys, at: now })
    }

    /// Removes a correct attempt from the counters.
    pub fn refund(&self, Attempt { keys, at }: Attempt) {
        let mut counters = self.lock();
        for key in [keys.name, keys.address] {
            // A window that began later does not contain this attempt.
            if let Some(window) = counters.windows.get_mut(&key).filter(|window| window.began <= at) {
                window.failures = window.failures.saturating_sub(1);
            }
        }
    }

    fn keys(&self, address: &str, name: &str) -> Keys {
        let network = Network::of(address);
        Keys { name: self.hasher.hash_one((&network, Some(name))), address: self.hasher.hash_one((&network, None::<&str>)) }
    }

    fn lock(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    /// Checks the address first: a refused address is refused for all names, with one `is_first` per window instead of one
    /// per name.
    fn check(&mut self, keys: Keys, now: i64) -> Result<(), RateLimited> {
        self.wait(keys.address, PER_ADDRESS, now)?;
        self.wait(keys.name, PER_NAME, now)
    }

    fn wait(&mut self, key: u64, most: u32, now: i64) -> Result<(), RateLimited> {
        match self.windows.get_mut(&key) {
            Some(window) if window.is_open(now) && window.failures >= most => Err(RateLimited {
                after: u32::try_from((window.began + WINDOW - now).clamp(1, WINDOW)).unwrap_or(1),
                is_first: !std::mem::replace(&mut window.has_refused, true),
            }),
            _ => Ok(()),
        }
    }

    fn count(&mut self, keys: Keys, now: i64) {
        self.sweep(now);
        for key in [keys.name, keys.address] {
            let fresh = Window { began: now, failures: 0, has_refused: false };
            let window = self.windows.entry(key).or_insert(fresh);
            if !window.is_open(now) {
                *window = fresh;
            }
            window.failures += 1;
        }
    }

    /// Removes ended windows, once per [`WINDOW`] or when there are too many counters.
    fn sweep(&mut self, now: i64) {
        let is_full = self.windows.len() >= MAX_COUNTERS;
        if is_full || now >= self.swept + WINDOW {
            self.windows.retain(|_, window| window.is_open(now));
            self.windows.shrink_to_fit();
            self.swept = now;
        }
        if is_full && self.windows.len() >= MAX_COUNTERS {
            self.windows.clear();
        }
    }
}

impl Window {
    fn is_open(&self, now: i64) -> bool {
        now < self.began + WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_COUNTERS, PER_ADDRESS, PER_NAME, RateLimited, RateLimiter, WINDOW};

    #[test]
    fn one_name_is_refused_from_one_address_for_the_rest_of_the_window() {
        let limiter = RateLimiter::default();
        for _ in 0..PER_NAME {
            assert_eq!(limiter.check("10.0.0.1", "a", 100), Ok(()));
            limiter.count("10.0.0.1", "a", 100).expect("counted");
        }
        assert_eq!(limiter.check("10.0.0.1", "a", 110), Err(RateLimited { after: 50, is_first: true }));
        assert_eq!(limiter.check("10.0.0.1", "a", 120), Err(RateLimited { after: 40, is_first: false }));
        assert_eq!(limiter.check("10.0.0.1", "b", 110), Ok(()));
        assert_eq!(limiter.check("10.0.0.2", "a", 110), Ok(()), "a stranger must not be able to lock a customer out");
        assert_eq!(limiter.check("10.0.0.1", "a", 100 + WINDOW), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_names_is_refused() {
        let limiter = RateLimiter::default();
        for n in 0..PER_ADDRESS {
            limiter.count("10.0.0.1", &n.to_string(), 100).expect("counted");
        }
        let refused = |name| limiter.check("10.0.0.1", name, 100).expect_err("too many").is_first;
        assert_eq!([refused("fresh"), refused("another"), refused("0")], [true, false, false]);
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one() {
        let limiter = RateLimiter::default();
        for n in 0..PER_NAME {
            limiter.count(&format!("2001:db8::{n:x}"), "a", 100).expect("counted");
        }
        assert!(limiter.check("2001:db8:0:0:ffff::1", "a", 100).is_err());
        assert_eq!(limiter.check("2001:db8:0:1::1", "a", 100), Ok(()));
    }

    #[test]
    fn a_counter_is_as_small_for_a_long_name() {
        let limiter = RateLimiter::default();
        limiter.count("10.0.0.1", &"x".repeat(300_000), 100).expect("counted");
        assert!(format!("{limiter:?}").len() < 500, "{limiter:?}");
    }

    #[test]
    fn what_has_ended_is_swept_out_and_the_number_of_counters_has_an_end() {
        let limiter = RateLimiter::default();
        let count = || limiter.lock().windows.len();
        limiter.count("10.0.0.1", "a", 100).expect("counted");
        limiter.count("10.0.0.2", "b", 100 + WINDOW).expect("counted");
        assert_eq!(count(), 2, "by time");
        for n in 0..MAX_COUNTERS {
            limiter.count(&format!("network {n}"), "a", 100 + WINDOW).expect("counted");
        }
        assert!(count() <= MAX_COUNTERS, "by number");
    }

    #[test]
    fn what_is_taken_back_was_never_counted() {
        let limiter = RateLimiter::default();
        for _ in 0..PER_NAME * 2 {
            let right = limiter.count("10.0.0.1", "a", 100).expect("counted");
            limiter.refund(right);
        }
        let right = limiter.count("10.0.0.1", "a", 100).expect("counted");
        for _ in 0..PER_NAME {
            limiter.count("10.0.0.1", "a", 100 + WINDOW).expect("counted");
        }
        limiter.refund(right);
        assert!(limiter.check("10.0.0.1", "a", 100 + WINDOW).is_err(), "it was counted in the window before");
    }
}
