//! Ids that sort by the time they were made: 12 hexadecimal digits of milliseconds, 20 of chance.

use super::random::Random;

/// A new one.
pub fn new(now_millis: i64, random: &Random) -> String {
    format!("{now_millis:012x}{}", data_encoding::HEXLOWER.encode(&random.bytes::<10>()))
}

/// What every id of this moment and of later ones is not below (Unix seconds).
pub fn first_of(moment: i64) -> String {
    format!("{:012x}", moment * 1000)
}
