//! The part of an import that updates a project's subscriptions.

use std::collections::BTreeMap;

use crate::server::db::StoreError;

use super::{
    Project,
    import::Import,
    periods::{Change, Period, changes},
    store,
};

impl Import<'_> {
    /// Adds and changes the periods in the file, in their order; then ends those that the file no longer contains.
    pub(super) async fn subscriptions(&mut self, project: &Project) -> Result<(), StoreError> {
        let rows = store::subscriptions(&mut self.conn, &project.key).await?;
        let mut known: BTreeMap<&str, Vec<Period>> = BTreeMap::new();
        for (product, starts, ends) in &rows {
            known.entry(product).or_default().push((starts.clone(), ends.clone()));
        }
        let mut products: Vec<&str> = Vec::new();
        let mut named: BTreeMap<&str, Vec<Period>> = BTreeMap::new();
        for subscription in &project.subscriptions {
            let periods = named.entry(&subscription.product).or_default();
            if periods.is_empty() {
                products.push(&subscription.product);
            }
            periods.push((subscription.starts.clone(), subscription.ends.clone()));
        }
        let yesterday = self.today.plus(-1).to_string();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for product in products.iter().copied().chain(known.keys().copied().filter(|product| !named.contains_key(product))) {
            let of = |periods: &BTreeMap<&str, Vec<Period>>| periods.get(product).cloned().unwrap_or_default();
            let (known, named) = (of(&known), of(&named));
            let is_only = known.iter().filter(|(_, ends)| *ends > yesterday).count() <= 1 && named.len() <= 1;
            for change in changes(&known, &named, &yesterday) {
                let is_end = matches!(change, Change::End(_) | Change::Remove(_));
                if is_end { &mut last } else { &mut first }.push((product.to_owned(), change, is_only));
            }
        }
        last.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        for (product, change, is_only) in first.into_iter().chain(last) {
            self.change_period(&project.key, &product, change, is_only).await?;
        }
        Ok(())
    }

    /// Applies one change. With `is_only`, the product has only one period, so the message does not name its days.
    async fn change_period(&mut self, key: &str, product: &str, change: Change, is_only: bool) -> Result<(), StoreError> {
        let which = |(starts, ends): &Period| if is_only { String::new() } else { format!(" from {starts} to {ends}") };
        let conn = &mut self.conn;
        let what = match &change {
            Change::Add(period) => {
                store::add_period(conn, key, product, days(period)).await?;
                format!(" from {} to {} added", period.0, period.1)
            }
            Change::Move { from, to } => {
                store::move_period(conn, key, product, days(from), days(to)).await?;
                format!("{} now from {} to {}", which(from), to.0, to.1)
            }
            Change::End(period) => {
                let yesterday = self.today.plus(-1).to_string();
                store::move_period(conn, key, product, days(period), (&period.0, &yesterday)).await?;
                format!("{} ended", which(period))
            }
            Change::Remove(period) => {
                store::remove_period(conn, key, product, days(period)).await?;
                format!("{} ended", which(period))
            }
        };
        self.changed(Some(key), format!("project {key}: subscription to {product}{what}"));
        Ok(())
    }
}

fn days((starts, ends): &Period) -> (&str, &str) {
    (starts, ends)
}
