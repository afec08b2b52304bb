//! Counts failed tries and says when there were too many. It counts failures only: a correct secret always passes.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Failures are counted over so many seconds.
const WINDOW: i64 = 60;
/// So many failures for one name from one address.
const PER_NAME: u32 = 10;
/// So many failures from one address, whatever the name.
const PER_ADDRESS: u32 = 100;
/// Past so many counters the old ones are swept out.
const SWEEP_AT: usize = 10_000;

/// Failure counters of this process.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Window>>);

#[derive(Debug, Clone, Copy)]
struct Window {
    began: i64,
    failures: u32,
}

impl Throttle {
    /// Seconds until this address may try this name again; `None` where it may now.
    pub fn refuses(&self, address: &str, name: &str, now: i64) -> Option<u32> {
        let counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = |key: &str, most: u32| {
            let window = counters.get(key).filter(|window| now < window.began + WINDOW && window.failures >= most)?;
            u32::try_from(window.began + WINDOW - now).ok()
        };
        wait(&format!("{address} {name}"), PER_NAME).max(wait(address, PER_ADDRESS))
    }

    /// Counts one failure.
    pub fn failed(&self, address: &str, name: &str, now: i64) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.len() > SWEEP_AT {
            counters.retain(|_, window| now < window.began + WINDOW);
        }
        for key in [format!("{address} {name}"), address.to_owned()] {
            let window = counters.entry(key).or_insert(Window { began: now, failures: 0 });
            if now >= window.began + WINDOW {
                *window = Window { began: now, failures: 0 };
            }
            window.failures += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PER_ADDRESS, PER_NAME, Throttle, WINDOW};

    #[test]
    fn one_name_is_refused_from_one_address_for_the_rest_of_the_window() {
        let throttle = Throttle::default();
        for _ in 0..PER_NAME {
            assert_eq!(throttle.refuses("10.0.0.1", "a", 100), None);
            throttle.failed("10.0.0.1", "a", 100);
        }
        assert_eq!(throttle.refuses("10.0.0.1", "a", 110), Some(50));
        assert_eq!(throttle.refuses("10.0.0.1", "b", 110), None);
        assert_eq!(throttle.refuses("10.0.0.2", "a", 110), None, "a stranger must not be able to lock a customer out");
        assert_eq!(throttle.refuses("10.0.0.1", "a", 100 + WINDOW), None);
    }

    #[test]
    fn an_address_that_tries_many_names_is_refused() {
        let throttle = Throttle::default();
        for n in 0..PER_ADDRESS {
            throttle.failed("10.0.0.1", &n.to_string(), 100);
        }
        assert!(throttle.refuses("10.0.0.1", "fresh", 100).is_some());
    }
}
