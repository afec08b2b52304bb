//! Ids that sort by the time they were made: UUIDs of version 7 (RFC 9562), 32 hexadecimal digits.

use uuid::Builder;

use super::random::Random;

/// A new one.
pub fn new(now_millis: i64, random: &Random) -> String {
    let millis = u64::try_from(now_millis).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random.bytes()).into_uuid().simple().to_string()
}

/// The lower bound of the ids of this moment and of later ones (Unix seconds).
pub fn first_of(moment: i64) -> String {
    format!("{:012x}", moment * 1000)
}
