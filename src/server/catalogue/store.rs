//! SQL of imports: the data of a catalogue, and all rights for a dry run.

use crate::server::{
    audit::Tx,
    db::{Conn, StoreError, database::Value},
};

/// The fields of a token that decide whether it works.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct TokenState {
    pub id: String,
    pub project_key: String,
    /// The e-mail of the user or service user it was created for.
    pub owner: String,
    pub disabled_at: Option<i64>,
    pub owner_active: i64,
    pub owner_present: i64,
    /// Product keys, separated by blanks.
    pub products: Option<String>,
}

/// A project's own fields.
#[derive(Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct ProjectFields {
    pub name: String,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub support_tier: String,
    pub closed: i64,
}

/// A period of a subscription: its first and its last day.
type Days<'a> = (&'a str, &'a str);

/// The name of a product.
pub(super) async fn product_name(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    one(conn, "SELECT name FROM products WHERE key = $1", &[key.into()]).await
}

/// A product whose key differs from this one only by case.
pub(super) async fn product_like(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT key FROM products WHERE lower(key) = $1 AND key <> $2";
    one(conn, sql, &[(&key.to_lowercase()).into(), key.into()]).await
}

pub(super) async fn add_product(tx: &mut Tx, key: &str, name: &str) -> Result<(), StoreError> {
    run(tx, "INSERT INTO products (key, name) VALUES ($1, $2)", &[key.into(), name.into()]).await
}

pub(super) async fn name_product(tx: &mut Tx, key: &str, name: &str) -> Result<(), StoreError> {
    run(tx, "UPDATE products SET name = $2 WHERE key = $1", &[key.into(), name.into()]).await
}

/// The repository patterns of a product, sorted.
pub(super) async fn patterns(conn: &mut Conn, product: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT pattern FROM product_repositories WHERE product_key = $1 ORDER BY pattern";
    Ok(conn.all::<(String,)>(sql, &[product.into()]).await?.into_iter().map(|(pattern,)| pattern).collect())
}

pub(super) async fn add_pattern(tx: &mut Tx, product: &str, pattern: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO product_repositories (product_key, pattern) VALUES ($1, $2)";
    run(tx, sql, &[product.into(), pattern.into()]).await
}

pub(super) async fn remove_pattern(tx: &mut Tx, product: &str, pattern: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM product_repositories WHERE product_key = $1 AND pattern = $2";
    run(tx, sql, &[product.into(), pattern.into()]).await
}

/// Id, name, and whether active, of the user with this e-mail.
pub(super) async fn user(conn: &mut Conn, email: &str) -> Result<Option<(String, String, i64)>, StoreError> {
    conn.optional("SELECT id, name, active FROM users WHERE email = $1", &[email.into()]).await
}

pub(super) async fn add_user(tx: &mut Tx, id: &str, email: &str, name: &str, active: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO users (id, email, name, active) VALUES ($1, $2, $3, $4)";
    run(tx, sql, &[id.into(), email.into(), name.into(), active.into()]).await
}

pub(super) async fn change_user(tx: &mut Tx, id: &str, name: &str, active: bool) -> Result<(), StoreError> {
    let sql = "UPDATE users SET name = $2, active = $3 WHERE id = $1";
    run(tx, sql, &[id.into(), name.into(), active.into()]).await
}

pub(super) async fn project(conn: &mut Conn, key: &str) -> Result<Option<ProjectFields>, StoreError> {
    conn.optional("SELECT name, type, support_tier, closed FROM projects WHERE key = $1", &[key.into()]).await
}

/// A project whose key differs from this one only by case.
pub(super) async fn project_like(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT key FROM projects WHERE key_lower = $1 AND key <> $2";
    one(conn, sql, &[(&key.to_lowercase()).into(), key.into()]).await
}

pub(super) async fn add_project(tx: &mut Tx, key: &str, fields: &ProjectFields) -> Result<(), StoreError> {
    let sql = "INSERT INTO projects (key, key_lower, name, type, support_tier, closed) VALUES ($1, $2, $3, $4, $5, $6)";
    run(tx, sql, &project_values(key, &key.to_lowercase(), fields)).await
}

pub(super) async fn change_project(tx: &mut Tx, key: &str, fields: &ProjectFields) -> Result<(), StoreError> {
    let sql = "UPDATE projects SET key_lower = $2, name = $3, type = $4, support_tier = $5, closed = $6 WHERE key = $1";
    run(tx, sql, &project_values(key, &key.to_lowercase(), fields)).await
}

fn project_values<'a>(key: &'a str, lower: &'a str, fields: &'a ProjectFields) -> [Value<'a>; 6] {
    let ProjectFields { name, kind, support_tier, closed } = fields;
    [key.into(), lower.into(), name.into(), kind.into(), support_tier.into(), (*closed).into()]
}

/// E-mails and roles, sorted by e-mail.
pub(super) async fn members(conn: &mut Conn, project: &str) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT u.email, m.role FROM members m JOIN users u ON u.id = m.user_id WHERE m.project_key = $1 ORDER BY u.email";
    conn.all(sql, &[project.into()]).await
}

pub(super) async fn add_member(tx: &mut Tx, project: &str, user_id: &str, role: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO members (project_key, user_id, role) VALUES ($1, $2, $3)";
    run(tx, sql, &[project.into(), user_id.into(), role.into()]).await
}

pub(super) async fn change_member(tx: &mut Tx, project: &str, user_id: &str, role: &str) -> Result<(), StoreError> {
    let sql = "UPDATE members SET role = $3 WHERE project_key = $1 AND user_id = $2";
    run(tx, sql, &[project.into(), user_id.into(), role.into()]).await
}

pub(super) async fn remove_member(tx: &mut Tx, project: &str, email: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM members WHERE project_key = $1 AND user_id = (SELECT id FROM users WHERE email = $2)";
    run(tx, sql, &[project.into(), email.into()]).await
}

/// E-mail, name, and whether active, sorted by e-mail.
pub(super) async fn service_users(conn: &mut Conn, project: &str) -> Result<Vec<(String, String, i64)>, StoreError> {
    let sql = "SELECT email, name, active FROM service_users WHERE project_key = $1 ORDER BY email";
    conn.all(sql, &[project.into()]).await
}

pub(super) async fn add_service_user(
    tx: &mut Tx,
    project: &str,
    email: &str,
    name: &str,
    active: bool,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO service_users (project_key, email, name, active) VALUES ($1, $2, $3, $4)";
    run(tx, sql, &[project.into(), email.into(), name.into(), active.into()]).await
}

pub(super) async fn change_service_user(
    tx: &mut Tx,
    project: &str,
    email: &str,
    name: &str,
    active: bool,
) -> Result<(), StoreError> {
    let sql = "UPDATE service_users SET name = $3, active = $4 WHERE project_key = $1 AND email = $2";
    run(tx, sql, &[project.into(), email.into(), name.into(), active.into()]).await
}

pub(super) async fn deactivate_service_user(tx: &mut Tx, project: &str, email: &str) -> Result<(), StoreError> {
    let sql = "UPDATE service_users SET active = 0 WHERE project_key = $1 AND email = $2";
    run(tx, sql, &[project.into(), email.into()]).await
}

/// Product, first day and last day, sorted.
pub(super) async fn subscriptions(conn: &mut Conn, project: &str) -> Result<Vec<(String, String, String)>, StoreError> {
    let sql = "SELECT product_key, starts, ends FROM subscriptions WHERE project_key = $1 ORDER BY product_key, starts, ends";
    conn.all(sql, &[project.into()]).await
}

pub(super) async fn add_period(tx: &mut Tx, project: &str, product: &str, (starts, ends): Days<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO subscriptions (project_key, product_key, starts, ends) VALUES ($1, $2, $3, $4)";
    run(tx, sql, &[project.into(), product.into(), starts.into(), ends.into()]).await
}

pub(super) async fn move_period(
    tx: &mut Tx,
    project: &str,
    product: &str,
    from: Days<'_>,
    to: Days<'_>,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscriptions SET starts = $5, ends = $6
               WHERE project_key = $1 AND product_key = $2 AND starts = $3 AND ends = $4";
    run(tx, sql, &[project.into(), product.into(), from.0.into(), from.1.into(), to.0.into(), to.1.into()]).await
}

pub(super) async fn remove_period(tx: &mut Tx, project: &str, product: &str, (starts, ends): Days<'_>) -> Result<(), StoreError> {
    let sql = "DELETE FROM subscriptions WHERE project_key = $1 AND product_key = $2 AND starts = $3 AND ends = $4";
    run(tx, sql, &[project.into(), product.into(), starts.into(), ends.into()]).await
}

/// Every project's key, and whether it is closed.
pub(super) async fn all_projects(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    conn.all("SELECT key, closed FROM projects", &[]).await
}

/// Every subscription: project, product, first day, last day.
pub(super) async fn all_subscriptions(conn: &mut Conn) -> Result<Vec<(String, String, String, String)>, StoreError> {
    conn.all("SELECT project_key, product_key, starts, ends FROM subscriptions", &[]).await
}

/// Every user: id, e-mail, name, and whether active.
pub(super) async fn all_users(conn: &mut Conn) -> Result<Vec<(String, String, String, i64)>, StoreError> {
    conn.all("SELECT id, email, name, active FROM users", &[]).await
}

/// Every member: project, the user's id, role.
pub(super) async fn all_members(conn: &mut Conn) -> Result<Vec<(String, String, String)>, StoreError> {
    conn.all("SELECT project_key, user_id, role FROM members", &[]).await
}

/// Every service user: project, e-mail, name, and whether active.
pub(super) async fn all_service_users(conn: &mut Conn) -> Result<Vec<(String, String, String, i64)>, StoreError> {
    conn.all("SELECT project_key, email, name, active FROM service_users", &[]).await
}

/// Every product's repository patterns.
pub(super) async fn all_patterns(conn: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    conn.all("SELECT product_key, pattern FROM product_repositories", &[]).await
}

/// Every token.
pub(super) async fn all_tokens(conn: &mut Conn) -> Result<Vec<TokenState>, StoreError> {
    let sql = "SELECT t.id, t.project_key, coalesce(u.email, t.created_for_service_user, '') AS owner, t.disabled_at,
                      coalesce(u.active, s.active, 0) AS owner_active,
                      CASE WHEN m.role IS NOT NULL OR s.email IS NOT NULL THEN 1 ELSE 0 END + CAST(0 AS BIGINT) AS owner_present,
                      (SELECT string_agg(p.product_key, ' ') FROM token_products p WHERE p.token_id = t.id) AS products
               FROM tokens t
               LEFT JOIN users u ON u.id = t.created_for_user
               LEFT JOIN members m ON m.project_key = t.project_key AND m.user_id = t.created_for_user
               LEFT JOIN service_users s ON s.project_key = t.project_key AND s.email = t.created_for_service_user";
    conn.all(sql, &[]).await
}

async fn one(conn: &mut Conn, sql: &'static str, values: &[Value<'_>]) -> Result<Option<String>, StoreError> {
    Ok(conn.optional::<(String,)>(sql, values).await?.map(|(text,)| text))
}

async fn run(tx: &mut Tx, sql: &'static str, values: &[Value<'_>]) -> Result<(), StoreError> {
    tx.execute(sql, values).await.map(|_| ())
}
