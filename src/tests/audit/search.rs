//! Searching the audit trail: every filter, alone and combined, and paging.

use crate::{
    models::audit::{Action, ChangeAction, DenialAction},
    server::{
        audit::store::{self as audit, AuditFilter, AuditRow, Outcome},
        id,
    },
    tests::support::{
        TestApp, asks,
        catalogue::{ADMIN, CAROL, DAVE, GINA},
        on_both,
    },
};

on_both! {
    each_filter_gives_its_rows_newest_first,
    pages_follow_each_other_without_gap_or_repetition,
    a_refusal_names_the_project_as_it_writes_itself,
}

async fn search(app: &TestApp, filter: &AuditFilter<'_>) -> Vec<AuditRow> {
    app.write_denials().await;
    let rows = audit::page(&mut app.state.db.reader(), filter, None, 1000).await.expect("the audit trail can be read");
    assert!(rows.is_sorted_by(|newer, older| newer.id > older.id), "{rows:?}");
    rows
}

async fn each_filter_gives_its_rows_newest_first(app: TestApp) {
    let hers = app.token(CAROL, "ACME", "hers").await.row;
    let begun = app.state.clock.now();
    app.pass(60);
    let his = app.token(DAVE, "ACME", "his").await.row;
    let other = app.token(GINA, "GLOBEX", "other").await.row;
    app.pass(60);
    let later = app.state.clock.now();
    app.delete(&app.actor(ADMIN).await, "ACME", &his.id).await.expect("it is deleted");
    app.delete(&app.actor(DAVE).await, "ACME", &hers.id).await.expect_err("it is not his");

    let all = AuditFilter::default();
    let everything = search(&app, &all).await;
    let (from, until) = (id::first_of(begun + 1), id::first_of(later));
    type Holds = Box<dyn Fn(&AuditRow) -> bool>;
    let (his_id, hers_id) = (his.id.clone(), hers.id.clone());
    let cases: Vec<(AuditFilter<'_>, Holds, usize)> = vec![
        (AuditFilter { actor: Some(CAROL), ..all }, Box::new(|row| row.actor == CAROL), 1),
        (AuditFilter { actor: Some(DAVE), ..all }, Box::new(|row| row.actor == DAVE), 2),
        (
            AuditFilter { action: Some(ChangeAction::TokenGenerated.as_str()), ..all },
            Box::new(|row| row.action == "token.generated"),
            3,
        ),
        (
            AuditFilter { action: Some(DenialAction::TokenDelete.as_str()), ..all },
            Box::new(|row| row.action == "token.delete.denied"),
            1,
        ),
        (AuditFilter { token_id: Some(&his.id), ..all }, Box::new(move |row| row.token_id.as_ref() == Some(&his_id)), 2),
        (AuditFilter { token_id: Some(&hers.id), ..all }, Box::new(move |row| row.token_id.as_ref() == Some(&hers_id)), 2),
        (
            AuditFilter { project_key: Some("GLOBEX"), actor: Some(GINA), ..all },
            Box::new(|row| row.project_key.as_deref() == Some("GLOBEX") && row.actor == GINA),
            1,
        ),
        (AuditFilter { outcome: Some(Outcome::Denied), ..all }, Box::new(AuditRow::is_denial), 1),
        (AuditFilter { from: Some(&until), ..all }, Box::new(move |row| row.at >= later), 2),
        (AuditFilter { from: Some(&from), until: Some(&until), ..all }, Box::new(move |row| row.at > begun && row.at < later), 2),
        (AuditFilter { token_id: Some(&other.id), outcome: Some(Outcome::Denied), ..all }, Box::new(|_| false), 0),
    ];
    for (filter, holds, count) in &cases {
        let found: Vec<String> = search(&app, filter).await.into_iter().map(|row| row.id).collect();
        let expected: Vec<String> = everything.iter().filter(|row| holds(row)).map(|row| row.id.clone()).collect();
        assert_eq!((found.len(), &found), (*count, &expected), "{filter:?}");
    }
    let done = search(&app, &AuditFilter { outcome: Some(Outcome::Done), ..all }).await;
    assert_eq!(done.len() + 1, everything.len());
}

async fn pages_follow_each_other_without_gap_or_repetition(app: TestApp) {
    for name in ["one", "two", "three", "four", "five", "six", "seven"] {
        app.token(CAROL, "ACME", name).await;
    }
    let filter = AuditFilter { actor: Some(CAROL), ..AuditFilter::default() };
    let whole: Vec<String> = search(&app, &filter).await.into_iter().map(|row| row.id).collect();
    assert_eq!(whole.len(), 7);
    for size in [1, 3, 7] {
        let (mut paged, mut before) = (Vec::<String>::new(), None::<String>);
        loop {
            let rows = audit::page(&mut app.state.db.reader(), &filter, before.as_deref(), size).await.expect("a page");
            let Some(last) = rows.last() else { break };
            before = Some(last.id.clone());
            paged.extend(rows.into_iter().map(|row| row.id));
        }
        assert_eq!(paged, whole, "{size}");
    }
}

async fn a_refusal_names_the_project_as_it_writes_itself(app: TestApp) {
    let gina = app.signed_in(GINA).await;
    for (typed, named) in [("acme", "ACME"), ("AcMeOlD", "ACMEOLD"), ("nowhere", "nowhere")] {
        assert_eq!(asks::list(typed).by(&gina).await.status, 404);
        let filter = AuditFilter { actor: Some(GINA), outcome: Some(Outcome::Denied), ..AuditFilter::default() };
        let newest = search(&app, &filter).await.remove(0);
        assert_eq!(newest.project_key.as_deref(), Some(named));
        app.next_window();
    }
}
