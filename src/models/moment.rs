//! Formats timestamps, identically in the browser and on the server.

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// The largest difference between the clocks of two instances, in seconds.
pub const CLOCK_DIFFERENCE: i64 = 300;

/// Formats a timestamp (Unix seconds) as `2026-11-23 04:12 UTC`.
pub fn utc(at: i64) -> String {
    format!("{} UTC", minute(at))
}

/// The inverse of [`utc`]; returns Unix seconds.
pub fn parse_utc(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix(" UTC")?.split_once(' ')?;
    let (hours, minutes) = time.split_once(':')?;
    Some(days_until(date, 0)? * DAY + hours.parse::<i64>().ok()? * 3_600 + minutes.parse::<i64>().ok()? * 60)
}

/// Like [`utc`], without the time zone: `2026-11-23 04:12`.
pub fn minute(at: i64) -> String {
    let (year, month, day) = civil(at.div_euclid(DAY));
    let minutes = at.rem_euclid(DAY) / 60;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// The name of a time zone that is this many minutes ahead of UTC: `UTC+1`, `UTC+5:30`.
pub fn zone(minutes: i64) -> String {
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Formats a timestamp (Unix seconds) in ISO 8601: `2026-11-23T04:12:07Z`.
pub fn iso(at: i64) -> String {
    let (year, month, day) = civil(at.div_euclid(DAY));
    let seconds = at.rem_euclid(DAY);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
}

/// How long ago `at` was (Unix seconds), in the largest unit: `3 minutes ago`. Past 30 days, the date.
pub fn ago(at: i64, now: i64) -> String {
    if now - at < 31 * DAY {
        return elapsed(at, now);
    }
    let mut text = minute(at);
    text.truncate("2026-11-23".len());
    text
}

/// How long ago `at` was (Unix seconds), in the largest unit up to days, without a limit.
pub fn elapsed(at: i64, now: i64) -> String {
    let since = (now - at).max(0);
    let (count, unit) = match since {
        0..60 => return "just now".to_owned(),
        60..3_600 => (since / 60, "minute"),
        3_600..DAY => (since / 3_600, "hour"),
        _ => (since / DAY, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

/// How far away the last day is, as text.
pub fn in_days(days: i64) -> String {
    match days {
        0 => "last day today".to_owned(),
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}

/// How many days ago an ISO date was: `12 days ago`; `None` if it is not a date.
pub fn days_ago(date: &str, now: i64) -> Option<String> {
    Some(match -days_until(date, now)? {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    })
}

/// Days from today to an ISO date, negative if it is past; `None` if it is not a date.
pub fn days_until(date: &str, now: i64) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok().map(i64::from));
    Some(days_since_1970(parts.next()??, parts.next()??, parts.next()??) - now.div_euclid(DAY))
}

/// The inverse of [`civil`]: days after 1970-01-01. Source: the same, `days_from_civil`.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days after 1970-01-01, in the Gregorian calendar.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{ago, days_ago, elapsed, iso, parse_utc, utc, zone};

    #[test]
    fn how_many_days_ago_a_date_was() {
        let now = 1_795_406_720;
        for (date, words) in
            [("2026-11-23", "today"), ("2026-11-22", "yesterday"), ("2026-10-23", "31 days ago"), ("2024-02-29", "998 days ago")]
        {
            assert_eq!(days_ago(date, now).as_deref(), Some(words), "{date}");
        }
        assert_eq!(days_ago("None", now), None);
    }

    #[test]
    fn a_moment_reads_as_its_minute() {
        assert_eq!(utc(0), "1970-01-01 00:00 UTC");
        assert_eq!(utc(951_782_399), "2000-02-28 23:59 UTC");
        assert_eq!(utc(951_782_400), "2000-02-29 00:00 UTC");
        assert_eq!(utc(1_795_406_720), "2026-11-23 04:05 UTC");
        for at in [0, 951_782_340, 1_795_406_700] {
            assert_eq!(parse_utc(&utc(at)), Some(at));
        }
        for other in ["", "2026-11-23 04:05", "2026-11-23 UTC", "soon 04:05 UTC"] {
            assert_eq!(parse_utc(other), None, "{other}");
        }
        assert_eq!(iso(1_795_406_720), "2026-11-23T04:05:20Z");
        assert_eq!(iso(951_782_399), "2000-02-28T23:59:59Z");
    }

    #[test]
    fn how_long_ago_is_said_in_the_largest_unit() {
        let now = 1_795_406_720;
        assert_eq!(ago(now - 5, now), "just now");
        assert_eq!(ago(now + 90, now), "just now");
        assert_eq!(ago(now - 60, now), "1 minute ago");
        assert_eq!(ago(now - 3 * 3_600, now), "3 hours ago");
        assert_eq!(ago(now - 31 * 86_400 + 1, now), "30 days ago");
        assert_eq!(ago(now - 31 * 86_400, now), "2026-10-23");
        assert_eq!(elapsed(now - 31 * 86_400, now), "31 days ago");
        assert_eq!(elapsed(now - 7_300, now), "2 hours ago");
    }

    #[test]
    fn a_zone_is_named_by_its_distance_from_utc() {
        for (minutes, name) in
            [(0, "UTC"), (60, "UTC+1"), (-180, "UTC\u{2212}3"), (330, "UTC+5:30"), (-570, "UTC\u{2212}9:30"), (840, "UTC+14")]
        {
            assert_eq!(zone(minutes), name);
        }
    }
}
