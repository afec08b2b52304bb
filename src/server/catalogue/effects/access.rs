//! Effects on access: subscriptions that end earlier or get a gap, and repositories removed from a product.

use std::collections::{BTreeMap, BTreeSet};

use crate::{models::repository, server::clock::Day};

use super::{
    effect::{Effect, Kind},
    snapshot::Snapshot,
};

/// Compares the access of one project.
pub(super) fn effects<'a>(before: &'a Snapshot, after: &'a Snapshot, key: &str, today: Day) -> Vec<Effect> {
    let mut effects = Vec::new();
    let access = |snapshot: &'a Snapshot| snapshot.projects.get(key).map(|project| &project.access);
    let (known, named, none) = (access(before), access(after), Vec::new());
    let products: BTreeSet<&String> = [known, named].into_iter().flatten().flat_map(BTreeMap::keys).collect();
    for product in products {
        let old = known.and_then(|access| access.get(product)).unwrap_or(&none);
        let new = named.and_then(|access| access.get(product)).unwrap_or(&none);
        for words in compare(old, new, today) {
            let holders = after.tokens_of(key).filter(|token| token.holds(product)).count();
            let holders = match holders {
                0 => String::new(),
                1 => "; 1 token holds it".to_owned(),
                count => format!("; {count} tokens hold it"),
            };
            effects.push(Effect::one(Kind::AccessEnds, format!("access to {product} {words}{holders}")));
        }
        effects.extend(repositories(before, after, key, product, today));
    }
    effects
}

/// Describes what gets worse for one product from today on. Both lists are sorted by time, and their spans are merged.
fn compare(old: &[(Day, Day)], new: &[(Day, Day)], today: Day) -> Vec<String> {
    let now = |spans: &[(Day, Day)]| spans.iter().find(|(starts, ends)| *starts <= today && today <= *ends).copied();
    let mut words = Vec::new();
    match (now(old), now(new)) {
        (Some((_, ran)), None) => {
            let next = new.iter().find(|(starts, _)| *starts > today);
            let next = next.map(|(starts, _)| format!(" and begins again on {starts}")).unwrap_or_default();
            words.push(format!("ends now{next} (it ran until {ran})"));
        }
        (Some((_, ran)), Some((_, runs))) if runs < ran => words.push(format!("ends on {runs} (it ran until {ran})")),
        _ => {}
    }
    // A gap that existed before is not an effect of this import.
    let gaps = |spans: &[(Day, Day)]| -> Vec<(Day, Day)> {
        spans.windows(2).map(|pair| (pair[0].1.plus(1), pair[1].0.plus(-1))).collect()
    };
    let known = gaps(old);
    for (first, last) in gaps(new).into_iter().filter(|gap| gap.0 > today && !known.contains(gap)) {
        words.push(format!("has a gap from {first} to {last}"));
    }
    let is_covered = |span: &(Day, Day)| new.iter().any(|(starts, ends)| *starts <= span.0 && span.1 <= *ends);
    for (starts, ends) in old.iter().filter(|span| span.0 > today && !is_covered(span)) {
        words.push(format!("from {starts} to {ends} is taken away or shortened"));
    }
    words
}

/// Repositories that the project's tokens can pull from today, but not after the import.
fn repositories(before: &Snapshot, after: &Snapshot, key: &str, product: &str, today: Day) -> Vec<Effect> {
    let none = BTreeSet::new();
    let (old, new) = (before.repositories.get(product).unwrap_or(&none), after.repositories.get(product).unwrap_or(&none));
    if !before.runs(key, product, today) || !after.runs(key, product, today) {
        return Vec::new();
    }
    let lost: Vec<&String> = old.iter().filter(|pattern| !new.iter().any(|wider| covers(wider, pattern))).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let tokens = after.tokens_of(key).filter(|token| token.is_enabled() && token.holds(product)).count();
    let words = |pattern: &String| match tokens {
        0 => format!("{product} no longer opens {pattern}"),
        1 => format!("{product} no longer opens {pattern}, which 1 token may pull from"),
        count => format!("{product} no longer opens {pattern}, which {count} tokens may pull from"),
    };
    lost.into_iter().map(|pattern| Effect::one(Kind::RepositoryCloses, words(pattern))).collect()
}

/// Whether `wider` matches every repository that `pattern` matches.
fn covers(wider: &str, pattern: &str) -> bool {
    match (wider.strip_suffix("/*"), pattern.strip_suffix("/*")) {
        (Some(wider), Some(prefix)) => prefix == wider || prefix.strip_prefix(wider).is_some_and(|rest| rest.starts_with('/')),
        (None, Some(_)) => false,
        (_, None) => repository::opens(wider, pattern),
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, covers};
    use crate::server::clock::Day;

    #[test]
    fn what_ends_or_has_a_gap_is_told() {
        let spans = |list: &[(&str, &str)]| -> Vec<(Day, Day)> {
            list.iter().filter_map(|(starts, ends)| Day::parse(starts).zip(Day::parse(ends))).collect()
        };
        let today = Day::parse("2026-06-01").expect("a day");
        let (year, next) = (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"));
        for (old, new, expected) in [
            (&[year][..], &[year][..], &[][..]),
            (&[year], &[("2026-01-01", "2027-12-31")], &[]),
            (&[year], &[("2026-01-01", "2026-05-31")], &["ends now (it ran until 2026-12-31)"]),
            (&[year], &[], &["ends now (it ran until 2026-12-31)"]),
            (&[year], &[next], &["ends now and begins again on 2027-01-01 (it ran until 2026-12-31)"]),
            (&[year], &[("2026-01-01", "2026-06-30")], &["ends on 2026-06-30 (it ran until 2026-12-31)"]),
            (&[year], &[year, ("2027-01-03", "2027-12-31")], &["has a gap from 2027-01-01 to 2027-01-02"]),
            (&[year, ("2027-01-03", "2027-12-31")], &[year, ("2027-01-03", "2028-12-31")], &[]),
            (
                &[("2026-01-01", "2027-12-31")],
                &[("2026-01-01", "2026-06-30"), ("2026-08-01", "2027-12-31")],
                &["ends on 2026-06-30 (it ran until 2027-12-31)", "has a gap from 2026-07-01 to 2026-07-31"],
            ),
            (&[next], &[], &["from 2027-01-01 to 2027-12-31 is taken away or shortened"]),
            (&[("2025-01-01", "2025-12-31")], &[], &[]),
        ] {
            assert_eq!(compare(&spans(old), &spans(new), today), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn a_wider_pattern_takes_nothing_away() {
        for (wider, pattern, expected) in [
            ("a/*", "a/b", true),
            ("a/*", "a/b/*", true),
            ("a/*", "a/*", true),
            ("a/b", "a/b", true),
            ("a/*", "ab/*", false),
            ("a/b", "a/*", false),
            ("a/b/*", "a/*", false),
            ("a/*", "a", false),
        ] {
            assert_eq!(covers(wider, pattern), expected, "{wider} {pattern}");
        }
    }
}
