//! Query plans of the queries that must stay fast on large tables: they use an index and never scan the whole table.

use crate::{
    server::{
        audit::store::{self as audit, AuditFilter, Outcome},
        db::{database::Pools, query::Query},
        id,
        tokens::change::store as changes,
    },
    tests::support::{
        TestApp,
        catalogue::{ADMIN, CAROL, DAVE},
        on_both,
    },
};

on_both! {
    a_change_loads_its_tokens_by_primary_key,
    a_page_of_the_audit_trail_is_read_from_an_index_in_its_order,
}

/// The query plan, one step per line. `is_small`: the table has only a few rows.
async fn plan(app: &TestApp, query: &Query<'_>, is_small: bool) -> String {
    let mut conn = app.state.db.begin().await.expect("a transaction");
    let steps: Vec<String> = match &app.state.db.pools {
        Pools::Sqlite { .. } => {
            let steps: Vec<(i64, i64, i64, String)> = conn.rows(&query.explained("EXPLAIN QUERY PLAN")).await.expect("a plan");
            steps.into_iter().map(|(.., step)| step).collect()
        }
        Pools::Postgres(_) => {
            // For a few rows the planner prefers a bitmap scan with a sort to the order of an index, and a table scan to both.
            conn.execute("SET LOCAL enable_bitmapscan = off", &[]).await.expect("a switch");
            if is_small {
                conn.execute("SET LOCAL enable_seqscan = off", &[]).await.expect("a switch");
            }
            let lines: Vec<(String,)> = conn.rows(&query.explained("EXPLAIN")).await.expect("a plan");
            lines.into_iter().map(|(line,)| line).collect()
        }
    };
    steps.join("\n")
}

async fn a_change_loads_its_tokens_by_primary_key(app: TestApp) {
    let mut ids = Vec::new();
    for (email, name) in [(CAROL, "one"), (DAVE, "other"), (ADMIN, "third")] {
        ids.push(app.token(email, "ACME", name).await.row.id);
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for ids in [&ids[..1], &ids[..2], &ids[..]] {
        let plan = plan(&app, &changes::query_for_change(ids), true).await;
        let is_by_id = match &app.state.db.pools {
            Pools::Sqlite { .. } => plan.contains("SEARCH t USING INDEX sqlite_autoindex_tokens_1 (id=?)"),
            Pools::Postgres(_) => plan.contains("Index Scan using tokens_pkey on tokens t"),
        };
        assert!(is_by_id, "{plan}");
    }
}

async fn a_page_of_the_audit_trail_is_read_from_an_index_in_its_order(app: TestApp) {
    let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO audit (id, at, actor, action, project_key, token_id, detail, address, client)
                SELECT '0190000' || CAST(100000 + i AS TEXT), i, 'user' || CAST(i % 190 AS TEXT), 'action' || CAST(i % 210 AS TEXT),
                       'P' || CAST(i % 170 AS TEXT), 't' || CAST(i % 1900 AS TEXT), '', '', '' FROM n";
    app.execute(fill, &[]).await;
    // SQLite has no statistics in production. PostgreSQL collects them by itself.
    if !app.is_sqlite() {
        app.try_execute("ANALYZE").await.expect("statistics");
    }
    let (from, until) = (id::first_of(1_700_000_000), id::first_of(1_700_086_400));
    let all = AuditFilter::default();
    let of_token = AuditFilter { token_id: Some("t78"), project_key: Some("P9"), ..all };
    let cases = [
        (AuditFilter { actor: Some("user7"), ..all }, "audit_by_actor"),
        (AuditFilter { project_key: Some("P9"), ..all }, "audit_by_project"),
        (AuditFilter { action: Some("action3"), ..all }, "audit_by_action"),
        (AuditFilter { outcome: Some(Outcome::Denied), ..of_token }, "audit_by_token_and_project"),
        (AuditFilter { outcome: Some(Outcome::Done), ..of_token }, "audit_changes_by_token"),
        (AuditFilter { actor: Some("user8"), outcome: Some(Outcome::Done), ..all }, "audit_by_actor"),
        (AuditFilter { from: Some(&from), until: Some(&until), ..all }, "audit_pkey"),
        (all, "audit_pkey"),
    ];
    for (filter, index) in cases {
        for before in [None, Some("0190000110000")] {
            let plan = plan(&app, &audit::query(&filter, before, 50), false).await;
            let index = if app.is_sqlite() { index.replace("audit_pkey", "sqlite_autoindex_audit_1") } else { index.to_owned() };
            assert!(plan.contains(&index), "{filter:?}: {plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort") && !plan.contains("Seq Scan"), "{filter:?}: {plan}");
        }
    }
}
