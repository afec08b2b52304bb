//! The subscription periods of a project for one product. Periods may be consecutive or overlap: access is their union.

use std::collections::BTreeMap;

use crate::{models::project::Subscription, server::clock::Day};

/// The result of all periods of one product on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Whether the day is within a period.
    pub running: bool,
    /// The last day of the current span without a gap. If no period is running: the end of the latest past span, or else of
    /// the first future one.
    pub ends: Day,
    /// The first day of the next span, if access begins or begins again after this day.
    pub next_start: Option<Day>,
}

/// The coverage of periods (first and last day) on `today`. `None` if there are none.
pub fn coverage(periods: impl IntoIterator<Item = (Day, Day)>, today: Day) -> Option<Coverage> {
    let spans = union(periods);
    let next_start = spans.iter().map(|(starts, _)| *starts).find(|starts| *starts > today);
    if let Some(&(_, ends)) = spans.iter().find(|(starts, ends)| *starts <= today && today <= *ends) {
        return Some(Coverage { running: true, ends, next_start });
    }
    let ended = spans.iter().rev().find(|(_, ends)| *ends < today);
    ended.or(spans.first()).map(|&(_, ends)| Coverage { running: false, ends, next_start })
}

/// The coverage of each product that the project subscribes to.
pub fn by_product(subscriptions: &[Subscription], today: Day) -> BTreeMap<&str, Coverage> {
    by_key(subscriptions.iter().map(|period| (period.product_key.as_str(), (&period.starts, &period.ends))), today)
}

/// The coverage of periods (first and last day, as ISO text), grouped by key.
pub fn by_key<'a, K: Ord>(keyed: impl IntoIterator<Item = (K, (&'a String, &'a String))>, today: Day) -> BTreeMap<K, Coverage> {
    let mut periods: BTreeMap<K, Vec<(Day, Day)>> = BTreeMap::new();
    for (key, (starts, ends)) in keyed {
        periods.entry(key).or_default().extend(Day::parse(starts).zip(Day::parse(ends)));
    }
    periods.into_iter().filter_map(|(key, periods)| Some((key, coverage(periods, today)?))).collect()
}

/// Merges overlapping and consecutive periods, and sorts them by time.
pub fn union(periods: impl IntoIterator<Item = (Day, Day)>) -> Vec<(Day, Day)> {
    let mut periods: Vec<(Day, Day)> = periods.into_iter().filter(|(starts, ends)| starts <= ends).collect();
    periods.sort_unstable();
    let mut spans: Vec<(Day, Day)> = Vec::new();
    for (starts, ends) in periods {
        match spans.last_mut() {
            Some(last) if starts <= last.1.plus(1) => last.1 = last.1.max(ends),
            _ => spans.push((starts, ends)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::{Coverage, coverage};
    use crate::server::clock::Day;

    #[test]
    fn access_is_the_union_of_the_periods() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let second_half = [("2026-07-01", "2026-12-31"), ("2026-01-01", "2026-06-30")];
        let overlapping = [("2026-01-01", "2026-08-31"), ("2026-03-01", "2026-04-30"), ("2026-08-15", "2027-02-28")];
        let gap = [("2026-01-01", "2026-03-30"), ("2026-04-01", "2026-12-31")];
        for (periods, today, running, ends, next_start) in [
            (&second_half[..], "2026-06-30", true, "2026-12-31", None),
            (&second_half, "2025-12-31", false, "2026-12-31", Some("2026-01-01")),
            (&second_half, "2027-01-01", false, "2026-12-31", None),
            (&overlapping, "2026-05-01", true, "2027-02-28", None),
            (&gap, "2026-03-30", true, "2026-03-30", Some("2026-04-01")),
            (&gap, "2026-03-31", false, "2026-03-30", Some("2026-04-01")),
            (&gap, "2026-04-01", true, "2026-12-31", None),
        ] {
            let found = coverage(periods.iter().map(|(starts, ends)| (day(starts), day(ends))), day(today));
            let expected = Coverage { running, ends: day(ends), next_start: next_start.map(day) };
            assert_eq!(found, Some(expected), "{periods:?} on {today}");
        }
        assert_eq!(coverage([], day("2026-01-01")), None);
        assert_eq!(coverage([(day("2026-02-02"), day("2026-02-01"))], day("2026-01-01")), None, "a period without a day");
        let to_the_last = [(day("2026-01-01"), day("9999-12-31"))];
        assert!(coverage(to_the_last, day("9999-12-31")).is_some_and(|coverage| coverage.running));
    }
}
