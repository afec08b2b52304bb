//! SQL for authentication and authorization at the token endpoint.

use crate::server::db::{Conn, Database, StoreError, database::Pools, direct::direct_row};

direct_row! {
    /// A row of the query for a token request. A token has one row for each combination of its stored secrets, subscription
    /// periods and repositories.
    pub struct CredentialRecord {
        pub token_id: String,
        pub project_key: String,
        pub created_for: Option<String>,
        pub disabled_at: Option<i64>,
        pub owner_active: i64,
        pub owner_present: i64,
        pub secret_hash: String,
        pub secret_expires_at: Option<i64>,
        /// A product of the token, a current or future period of its subscription, and one of its repositories.
        pub product_key: Option<String>,
        pub starts: Option<String>,
        pub ends: Option<String>,
        pub pattern: Option<String>,
    }
}

/// Reads everything that decides a pull with this login name (lower case) in one query, because pulls are frequent.
pub async fn credentials(db: &Database, login_name: &str, today: &str) -> Result<Vec<CredentialRecord>, StoreError> {
    let sql = "SELECT t.id AS token_id, t.project_key, coalesce(u.email, s.email) AS created_for, t.disabled_at,
                      coalesce(u.active, s.active, 0) AS owner_active,
                      CASE WHEN m.role IS NOT NULL OR s.email IS NOT NULL THEN 1 ELSE 0 END + CAST(0 AS BIGINT) AS owner_present,
                      k.hash AS secret_hash, k.expires_at AS secret_expires_at,
                      b.product_key, b.starts, b.ends, r.pattern
               FROM tokens t
               JOIN token_secrets k ON k.token_id = t.id
               LEFT JOIN users u ON u.id = t.created_for_user
               LEFT JOIN members m ON m.project_key = t.project_key AND m.user_id = t.created_for_user
               LEFT JOIN service_users s ON s.project_key = t.project_key AND s.email = t.created_for_service_user
               LEFT JOIN token_products tp ON tp.token_id = t.id
               LEFT JOIN subscriptions b ON b.project_key = t.project_key AND b.product_key = tp.product_key
                         AND b.ends >= $2
               LEFT JOIN product_repositories r ON r.product_key = b.product_key
               WHERE t.login_name = $1";
    match &db.pools {
        // SQLite treats `$1` as a parameter name, not as a position.
        Pools::Sqlite { direct, .. } => direct.all(sql, &[("$1", login_name), ("$2", today)]),
        Pools::Postgres(_) => db.reader().all(sql, &[login_name.into(), today.into()]).await,
    }
}

/// A publisher's secret hash with one of the patterns it may push to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PublisherRecord {
    pub secret_hash: String,
    pub pattern: String,
}

/// Reads what decides a request with a publisher's login name; empty if it is unknown.
pub async fn publisher_credentials(conn: &mut Conn, login_name: &str) -> Result<Vec<PublisherRecord>, StoreError> {
    let sql = "SELECT p.secret_hash, r.pattern FROM publishers p
               JOIN publisher_repositories r ON r.login_name = p.login_name WHERE p.login_name = $1";
    conn.all(sql, &[login_name.into()]).await
}
