//! Ids that sort by the time they were made: 12 hexadecimal digits of milliseconds, 20 of chance.

use rand::RngExt;

/// A new one.
pub fn new(now_millis: i64) -> String {
    let (high, low): (u16, u64) = (rand::rng().random(), rand::rng().random());
    format!("{now_millis:012x}{high:04x}{low:016x}")
}
