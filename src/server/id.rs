//! Ids that sort by creation time: UUIDs version 7 (RFC 9562) as 32 hexadecimal digits.

use uuid::Builder;

use super::random::Random;

/// Creates a new id.
pub fn new(now_millis: i64, random: &Random) -> String {
    let millis = u64::try_from(now_millis).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random.bytes()).into_uuid().simple().to_string()
}

/// The lower bound of ids created at or after this moment (Unix seconds).
pub fn first_of(moment: i64) -> String {
    format!("{:012x}", moment * 1000)
}
