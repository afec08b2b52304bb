//! Computes how an import changes the subscription periods of a project for one product.

use std::collections::BTreeSet;

/// First and last day, as ISO text.
pub type Period = (String, String);

/// A change. Apply them in the order of [`changes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add(Period),
    /// A known period gets other days.
    Move {
        from: Period,
        to: Period,
    },
    /// A period that the file no longer contains now ends yesterday.
    End(Period),
    /// Such a period is deleted, because no day would be left, or because it would equal another period.
    Remove(Period),
}

/// The changes that turn the `known` periods into those of the file. A period that has ended and is no longer in the file
/// stays unchanged.
pub fn changes(known: &[Period], named: &[Period], yesterday: &str) -> Vec<Change> {
    let mut gone: Vec<&Period> = known.iter().filter(|period| !named.contains(period)).collect();
    let mut new: Vec<&Period> = named.iter().filter(|period| !known.contains(period)).collect();
    let mut moved: Vec<(&Period, &Period)> = Vec::new();
    // A period with a new end or a new start is reported as changed, not as removed and added. The three rules apply in
    // order: same start, same end, or any period that has not ended.
    let is_same: [fn(&Period, &Period, &str) -> bool; 3] =
        [|from, to, _| from.0 == to.0, |from, to, _| from.1 == to.1, |from, _, yesterday| from.1.as_str() > yesterday];
    for is_same in is_same {
        new.retain(|to| match gone.iter().position(|from| is_same(from, to, yesterday)) {
            Some(at) => {
                moved.push((gone.remove(at), to));
                false
            }
            None => true,
        });
    }
    let mut changes = Vec::new();
    for period in named {
        if let Some((from, to)) = moved.iter().find(|(_, to)| *to == period) {
            changes.push(Change::Move { from: (*from).clone(), to: (*to).clone() });
        } else if new.contains(&period) {
            changes.push(Change::Add(period.clone()));
        }
    }
    let mut kept: BTreeSet<Period> = named.iter().cloned().collect();
    kept.extend(gone.iter().filter(|period| period.1.as_str() <= yesterday).map(|period| (*period).clone()));
    for period in gone.into_iter().filter(|period| period.1.as_str() > yesterday) {
        let is_left = period.0.as_str() <= yesterday && kept.insert((period.0.clone(), yesterday.to_owned()));
        changes.push(if is_left { Change::End(period.clone()) } else { Change::Remove(period.clone()) });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{Change, Period, changes};

    fn periods(list: &[(&str, &str)]) -> Vec<Period> {
        list.iter().map(|(starts, ends)| ((*starts).to_owned(), (*ends).to_owned())).collect()
    }

    #[test]
    fn a_renewal_is_added_and_what_is_not_named_ends() {
        let (y25, y26, y27) = (("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"));
        let longer = ("2026-01-01", "2027-03-31");
        let period = |(starts, ends): (&str, &str)| (starts.to_owned(), ends.to_owned());
        let moved = |from, to| Change::Move { from: period(from), to: period(to) };
        for (known, named, expected) in [
            (&[y26][..], &[y26, y27][..], vec![Change::Add(period(y27))]),
            (&[y26], &[longer], vec![moved(y26, longer)]),
            (&[y26], &[y27], vec![moved(y26, y27)]),
            (&[y25], &[y26], vec![Change::Add(period(y26))]),
            (&[y25, y26, y27], &[y27], vec![Change::End(period(y26))]),
            (&[y25, y26, y27], &[y26], vec![Change::Remove(period(y27))]),
            (&[y25, y26, y27], &[], vec![Change::End(period(y26)), Change::Remove(period(y27))]),
            (&[y25, y26], &[y26, y25], vec![]),
            (&[y26, longer], &[], vec![Change::End(period(y26)), Change::Remove(period(longer))]),
            (&[y26, longer], &[longer, y27], vec![moved(y26, y27)]),
        ] {
            assert_eq!(changes(&periods(known), &periods(named), "2026-05-31"), expected, "{known:?} {named:?}");
        }
    }
}
