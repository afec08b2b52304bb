//! The detail of an audit entry that counts denials: how many, since when, and what they were.

use crate::models::moment;

const MORE: &str = " more since ";
const OF_KINDS: &str = " more of different kinds since ";
const EACH: &str = ", each: ";
const LAST: &str = ", the last: ";
/// The form of a time, used for its length.
const MOMENT: &str = "2026-11-23 04:12 UTC";

/// The detail for denials of one kind since a time (Unix seconds). `detail` is that of each of them, or else of the last.
pub fn of_one_kind(count: u64, since: i64, is_of_each: bool, detail: &str) -> String {
    let which = if is_of_each { EACH } else { LAST };
    let (which, detail) = if detail.is_empty() { ("", "") } else { (which, detail) };
    format!("{count}{MORE}{}{which}{detail}", moment::utc(since))
}

/// The detail for denials that share only their action.
pub fn of_different_kinds(count: u64, since: i64) -> String {
    format!("{count}{OF_KINDS}{}", moment::utc(since))
}

/// A parsed detail.
#[derive(Debug, PartialEq, Eq)]
pub struct DenialSum<'a> {
    pub count: u64,
    /// The time of the first one (Unix seconds), rounded down to the minute.
    pub since: i64,
    /// The detail of each denial, or of the last one.
    pub detail: &'a str,
    /// Whether the denials may differ.
    pub may_differ: bool,
}

impl<'a> DenialSum<'a> {
    /// Parses a detail; `None` if it describes a single denial.
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts = text.split_once(MORE).map(|parts| (parts, false));
        let ((count, rest), is_of_kinds) = parts.or_else(|| Some((text.split_once(OF_KINDS)?, true)))?;
        let (since, which) = rest.split_at_checked(MOMENT.len())?;
        let (detail, is_last) = match (which.strip_prefix(EACH), which.strip_prefix(LAST)) {
            (Some(each), _) => (each, false),
            (None, last) => (last.unwrap_or_default(), last.is_some()),
        };
        Some(Self { count: count.parse().ok()?, since: moment::parse_utc(since)?, detail, may_differ: is_last || is_of_kinds })
    }
}

#[cfg(test)]
mod tests {
    use super::{DenialSum, of_different_kinds, of_one_kind};

    #[test]
    fn what_is_written_is_read() {
        let since = 1_795_406_700;
        for (text, detail, may_differ) in [
            (of_one_kind(57, since, true, "repository:a/b:pull"), "repository:a/b:pull", false),
            (of_one_kind(57, since, false, "repository:a/b:pull and 3 more"), "repository:a/b:pull and 3 more", true),
            (of_one_kind(57, since, false, ""), "", false),
            (of_different_kinds(57, since), "", true),
        ] {
            assert_eq!(DenialSum::parse(&text), Some(DenialSum { count: 57, since, detail, may_differ }), "{text}");
        }
        for other in ["", "wrong secret", "repository:a/b:pull", "3 more since yesterday", "some more since 2026-11-23 04:12 UTC"]
        {
            assert_eq!(DenialSum::parse(other), None, "{other}");
        }
    }
}
