//! The audit trail: only ever added to. The database itself refuses updates and deletions (migrations).

use super::{Conn, StoreError};

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

/// Adds a row. Called in the transaction of the change it tells of.
pub async fn add(conn: &mut Conn, row: &AuditRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    conn.execute(
        sql,
        &[
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
        ],
    )
    .await?;
    Ok(())
}

/// What is known of one token, newest first, at most `limit` rows.
pub async fn of_token(conn: &mut Conn, token_id: &str, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
    let sql = "SELECT id, at, actor, action, project_key, token_id, login_name, created_for, detail, address, client
               FROM audit WHERE token_id = $1 ORDER BY id DESC LIMIT $2";
    conn.all(sql, &[token_id.into(), limit.into()]).await
}
