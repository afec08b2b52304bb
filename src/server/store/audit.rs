//! The audit trail: only ever added to. The database itself refuses updates and deletions (migrations).

use super::{Conn, StoreError, database::Value, query::Query};

/// One row: who did or was refused what, for whom, from where, when.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditRow {
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// An e-mail, a login name, or `operator` for the command line.
    pub actor: String,
    /// Such as `token.generated`; a refusal ends in `.denied`.
    pub action: String,
    pub project_key: Option<String>,
    pub token_id: Option<String>,
    pub login_name: Option<String>,
    pub created_for: Option<String>,
    pub detail: String,
    pub address: String,
    pub client: String,
}

impl AuditRow {
    /// Whether it tells of a refusal.
    pub fn is_denial(&self) -> bool {
        self.action.ends_with(".denied")
    }
}

/// Adds a row. Called in the transaction of the change it tells of.
pub async fn add(conn: &mut Conn, row: &AuditRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    conn.execute(sql, &values(row)).await?;
    Ok(())
}

/// Adds rows, in the transaction of the changes they tell of.
pub async fn add_all(conn: &mut Conn, rows: &[AuditRow]) -> Result<(), StoreError> {
    // SQLite takes 32,766 values a statement, PostgreSQL 65,535.
    for rows in rows.chunks(1000) {
        let mut query = Query::new(
            "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client) VALUES",
        );
        query.bind_rows(rows.iter().map(values));
        conn.run(&query).await?;
    }
    Ok(())
}

/// Adds a row unless it is there: one that is written again because nobody knows whether the first try was committed.
pub async fn add_once(conn: &mut Conn, row: &AuditRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client)
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 WHERE NOT EXISTS (SELECT 1 FROM audit WHERE id = $1)";
    conn.execute(sql, &values(row)).await?;
    Ok(())
}

fn values(row: &AuditRow) -> [Value<'_>; 11] {
    [
        (&row.id).into(),
        row.at.into(),
        (&row.actor).into(),
        (&row.action).into(),
        row.project_key.as_deref().into(),
        row.token_id.as_deref().into(),
        row.login_name.as_deref().into(),
        row.created_for.as_deref().into(),
        (&row.detail).into(),
        (&row.address).into(),
        (&row.client).into(),
    ]
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
    let sql = "SELECT id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client
               FROM audit WHERE token_id = $1 AND project_key = $2 AND action NOT LIKE '%.denied' ORDER BY id DESC LIMIT $3";
    let mut rows: Vec<AuditRow> = conn.all(sql, &[token_id.into(), project_key.into(), changes.into()]).await?;
    let sql = "SELECT id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client
               FROM audit WHERE token_id = $1 AND project_key = $2 AND action LIKE '%.denied' ORDER BY id DESC LIMIT $3";
    rows.extend(conn.all::<AuditRow>(sql, &[token_id.into(), project_key.into(), refusals.into()]).await?);
    Ok(rows)
}
