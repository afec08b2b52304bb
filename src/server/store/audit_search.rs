//! The audit trail searched: any filters together, newest first, a page at a time.

use super::{
    Conn, StoreError,
    audit::AuditRow,
    query::{Keyset, Query},
};

/// What happened: it was done, or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Denied,
}

/// Which rows. What is `None` filters nothing; texts are compared exactly.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    pub actor: Option<&'a str>,
    /// A word of [`crate::models::audit`].
    pub action: Option<&'a str>,
    pub token_id: Option<&'a str>,
    pub project_key: Option<&'a str>,
    pub outcome: Option<Outcome>,
    /// From this moment on, as [`crate::server::id::first_of`] writes it: ids begin with the time.
    pub from: Option<&'a str>,
    /// Before this moment, in the same form.
    pub until: Option<&'a str>,
}

/// Ids sort by time. Of one millisecond their order is chance, and always the same.
const NEWEST_FIRST: Keyset = Keyset { before: "id <", order: "ORDER BY id DESC" };

/// The newest rows, at most `limit`. `before` is the id of the last row of the page before.
pub async fn page(
    conn: &mut Conn,
    filter: &AuditFilter<'_>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    conn.rows(&query(filter, before, limit)).await
}

/// See [`page`].
pub fn query<'a>(filter: &AuditFilter<'a>, before: Option<&'a str>, limit: i64) -> Query<'a> {
    let mut query = Query::new(
        "SELECT id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client FROM audit",
    );
    query
        .filter_if("actor =", filter.actor)
        .filter_if("action =", filter.action)
        .filter_if("token_id =", filter.token_id)
        .filter_if("project_key =", filter.project_key)
        .filter_if("id >=", filter.from)
        .filter_if("id <", filter.until);
    match filter.outcome {
        Some(Outcome::Done) => query.condition("action NOT LIKE '%.denied'"),
        Some(Outcome::Denied) => query.condition("action LIKE '%.denied'"),
        None => &mut query,
    };
    query.page(&NEWEST_FIRST, before, limit);
    query
}

/// What is known of one token in its project, each kind newest first: at most so many changes and so many refusals. They are read
/// apart because anybody can cause refusals, and must not push the changes out.
pub async fn of_token(
    conn: &mut Conn,
    project_key: &str,
    token_id: &str,
    changes: i64,
    refusals: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    let of_token = AuditFilter { token_id: Some(token_id), project_key: Some(project_key), ..AuditFilter::default() };
    let mut rows = Vec::new();
    for (outcome, limit) in [(Outcome::Done, changes), (Outcome::Denied, refusals)] {
        let filter = AuditFilter { outcome: Some(outcome), ..of_token };
        rows.extend(page(conn, &filter, None, limit).await?);
    }
    Ok(rows)
}
