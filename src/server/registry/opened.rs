//! The repositories that a token opens today, computed from its database rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::server::{
    clock::Day,
    projects::periods::{self, Coverage},
};

use super::store::CredentialRecord;

/// A product of a token: its subscription periods, and its repository patterns.
#[derive(Default)]
struct Product<'a> {
    periods: BTreeSet<(Day, Day)>,
    patterns: BTreeSet<&'a str>,
}

/// The repository patterns that a token opens today, each with the last day up to which access continues without a gap.
/// `None` if no subscription to one of its products is running.
pub(super) fn opened(records: &[CredentialRecord], today: Day) -> Option<Vec<(String, Option<Day>)>> {
    let mut products: BTreeMap<&str, Product<'_>> = BTreeMap::new();
    for record in records {
        let Some(product) = record.product_key.as_deref() else { continue };
        let Product { periods, patterns } = products.entry(product).or_default();
        let day = |text: &Option<String>| text.as_deref().and_then(Day::parse);
        periods.extend(day(&record.starts).zip(day(&record.ends)));
        patterns.extend(record.pattern.as_deref());
    }
    let mut opened = None;
    for Product { periods, patterns } in products.into_values() {
        if let Some(Coverage { running: true, ends, .. }) = periods::coverage(periods, today) {
            let patterns = patterns.into_iter().map(|pattern| (pattern.to_owned(), Some(ends)));
            opened.get_or_insert_with(Vec::new).extend(patterns);
        }
    }
    opened
}
