//! Changes to many tokens while pull counts are written: both lock rows in the same order.

use std::time::Duration;

use crate::{
    models::bulk::BulkAction,
    server::{
        tokens::bulk,
        usage::store::{self as usage, Use},
    },
};

use crate::tests::support::{TestApp, catalogue::ADMIN, on_both};

on_both! {
    a_bulk_change_waits_for_pull_counts_and_both_are_done,
}

async fn a_bulk_change_waits_for_pull_counts_and_both_are_done(app: TestApp) {
    let first = app.token(ADMIN, "ACME", "first").await.row;
    // Ids sort by time, and pull counts are written in the order of ids.
    app.pass(1);
    let second = app.token(ADMIN, "ACME", "second").await.row;
    let pulled = |pulls| Use { pulls, at: app.state.clock.now(), address: "192.0.2.1".to_owned(), client: "test".to_owned() };
    let day = "2026-06-01";
    // An updated row moves behind the others: without an order, a change would lock `second` first.
    let mut counts = app.state.db.begin_upkeep().await.expect("a transaction");
    usage::add(&mut counts, &first.id, day, &pulled(1)).await.expect("counted");
    counts.commit().await.expect("counted");

    let admin = app.actor(ADMIN).await;
    let ids = [first.id.clone(), second.id.clone()];
    let mut counts = app.state.db.begin_upkeep().await.expect("a transaction");
    usage::add(&mut counts, &first.id, day, &pulled(1)).await.expect("counted");
    let action = BulkAction::Disable { reason: String::new() };
    let change = bulk::change(&app.state, &admin, "ACME", &ids, &action);
    let write = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        usage::add(&mut counts, &second.id, day, &pulled(1)).await.expect("no deadlock");
        counts.commit().await.expect("counted");
    };
    let (changed, ()) = tokio::join!(change, write);
    assert_eq!(changed.expect("no deadlock").done.len(), 2);
    assert_eq!(app.row(ADMIN, "ACME", "first").await.usage.pulls, 2);
}
