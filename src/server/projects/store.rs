//! SQL for projects, memberships, subscriptions and service users, as pages read them.

use crate::server::{
    audit::Tx,
    db::{Conn, StoreError, settings},
};

/// The setting that counts changes to data that every project may show: products and users.
const SHARED_REVISION: &str = "shared-revision";

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProjectRecord {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub support_tier: String,
    pub closed: i64,
    /// The role of the user in the query.
    pub role: String,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SubscriptionRecord {
    pub product_key: String,
    pub product_name: String,
    pub starts: String,
    pub ends: String,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ServiceUserRecord {
    pub email: String,
    pub name: String,
}

/// A row of *My Projects*.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SummaryRecord {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub support_tier: String,
    pub closed: i64,
    pub role: String,
    pub tokens: i64,
}

/// A period of a project's subscription to one product.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PeriodRecord {
    pub project_key: String,
    pub product_key: String,
    pub starts: String,
    pub ends: String,
}

/// The project with this key, if the user is a member. The key is case-insensitive.
pub async fn for_member(conn: &mut Conn, key: &str, user_id: &str) -> Result<Option<ProjectRecord>, StoreError> {
    let sql = "SELECT p.key, p.name, p.type AS kind, p.support_tier, p.closed, m.role
               FROM projects p JOIN members m ON m.project_key = p.key
               WHERE p.key_lower = $1 AND m.user_id = $2";
    conn.optional(sql, &[(&key.to_lowercase()).into(), user_id.into()]).await
}

/// The key in the project's own spelling.
pub async fn canonical_key(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT key FROM projects WHERE key_lower = $1";
    Ok(conn.optional::<(String,)>(sql, &[(&key.to_lowercase()).into()]).await?.map(|(key,)| key))
}

/// Locks the project's row until the transaction ends, if the user is a member, so that changes to it queue up. Read what the
/// change depends on after this call: earlier reads may be outdated. The key is case-insensitive.
///
/// A commit counts as a change: see [`revision`].
pub async fn lock(tx: &mut Tx, key: &str, user_id: &str) -> Result<(), StoreError> {
    let sql = "UPDATE projects SET revision = revision + 1
               WHERE key_lower = $1 AND EXISTS (SELECT 1 FROM members m WHERE m.project_key = projects.key AND m.user_id = $2)";
    tx.execute(sql, &[(&key.to_lowercase()).into(), user_id.into()]).await?;
    Ok(())
}

/// Increments the revision of the project with this key.
pub async fn touch(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE projects SET revision = revision + 1 WHERE key = $1", &[key.into()]).await?;
    Ok(())
}

/// Increments the shared revision, after a change to a product or a user, which any project may show.
pub async fn touch_all(tx: &mut Tx) -> Result<(), StoreError> {
    settings::count_up(tx, SHARED_REVISION).await
}

/// Two counters, one of which grows with every change to the project, its tokens, its users or its products. Pulls and
/// denials do not count. The key is case-insensitive.
pub async fn revision(conn: &mut Conn, key: &str) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT p.revision, coalesce((SELECT CAST(s.value AS BIGINT) FROM settings s WHERE s.name = $2), 0)
               FROM projects p WHERE p.key_lower = $1";
    let found = conn.optional::<(i64, i64)>(sql, &[(&key.to_lowercase()).into(), SHARED_REVISION.into()]).await?;
    Ok(found.unwrap_or_default())
}

/// All projects that the user is a member of, unordered, with the number of tokens they may see there.
pub async fn summaries(conn: &mut Conn, user_id: &str) -> Result<Vec<SummaryRecord>, StoreError> {
    let sql = "SELECT p.key, p.name, p.type AS kind, p.support_tier, p.closed, m.role,
                      (SELECT count(*) FROM tokens t
                       WHERE t.project_key = p.key AND (m.role = 'admin' OR t.created_for_user = m.user_id)) AS tokens
               FROM projects p JOIN members m ON m.project_key = p.key
               WHERE m.user_id = $1";
    conn.all(sql, &[user_id.into()]).await
}

/// The subscription periods of all projects that the user is a member of.
pub async fn periods(conn: &mut Conn, user_id: &str) -> Result<Vec<PeriodRecord>, StoreError> {
    let sql = "SELECT s.project_key, s.product_key, s.starts, s.ends
               FROM subscriptions s JOIN members m ON m.project_key = s.project_key WHERE m.user_id = $1";
    conn.all(sql, &[user_id.into()]).await
}

/// The project's subscriptions, unordered.
pub async fn subscriptions(conn: &mut Conn, project_key: &str) -> Result<Vec<SubscriptionRecord>, StoreError> {
    let sql = "SELECT s.product_key, p.name AS product_name, s.starts, s.ends
               FROM subscriptions s JOIN products p ON p.key = s.product_key
               WHERE s.project_key = $1";
    conn.all(sql, &[project_key.into()]).await
}

/// The project's active service users, unordered.
pub async fn active_service_users(conn: &mut Conn, project_key: &str) -> Result<Vec<ServiceUserRecord>, StoreError> {
    let sql = "SELECT email, name FROM service_users WHERE project_key = $1 AND active = 1";
    conn.all(sql, &[project_key.into()]).await
}

/// The repository patterns of the products that the project subscribes to, each with its product key.
pub async fn patterns(conn: &mut Conn, project_key: &str) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT product_key, pattern FROM product_repositories
               WHERE product_key IN (SELECT product_key FROM subscriptions WHERE project_key = $1) ORDER BY product_key, pattern";
    conn.all(sql, &[project_key.into()]).await
}
