//! How the databases run what must stay fast however much there is: by an index, never through the whole table.

use crate::server::store::{database::Pools, query::Query, token_changes};

use super::support::{
    Kit,
    catalogue::{ADMIN, CAROL, DAVE},
    on_both,
};

on_both! {
    a_change_loads_its_tokens_by_primary_key,
}

/// What the database would do, a step a line.
async fn plan(kit: &Kit, query: &Query<'_>) -> String {
    let mut conn = kit.state.db.begin().await.expect("a transaction");
    let steps: Vec<String> = match &kit.state.db.pools {
        Pools::Sqlite { .. } => {
            let steps: Vec<(i64, i64, i64, String)> = conn.rows(&query.explained("EXPLAIN QUERY PLAN")).await.expect("a plan");
            steps.into_iter().map(|(.., step)| step).collect()
        }
        Pools::Postgres(_) => {
            // Of a few rows a scan of the table is cheaper than any index.
            for switch in ["SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off"] {
                conn.execute(switch, &[]).await.expect(switch);
            }
            let lines: Vec<(String,)> = conn.rows(&query.explained("EXPLAIN")).await.expect("a plan");
            lines.into_iter().map(|(line,)| line).collect()
        }
    };
    steps.join("\n")
}

async fn a_change_loads_its_tokens_by_primary_key(kit: Kit) {
    let mut ids = Vec::new();
    for (email, name) in [(CAROL, "one"), (DAVE, "other"), (ADMIN, "third")] {
        ids.push(kit.token(email, "ACME", name).await.row.id);
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for ids in [&ids[..1], &ids[..2], &ids[..]] {
        let plan = plan(&kit, &token_changes::query_for_change(ids)).await;
        let is_by_id = match &kit.state.db.pools {
            Pools::Sqlite { .. } => plan.contains("SEARCH t USING INDEX sqlite_autoindex_tokens_1 (id=?)"),
            Pools::Postgres(_) => plan.contains("Index Scan using tokens_pkey on tokens t"),
        };
        assert!(is_by_id, "{plan}");
    }
}
