//! SQL that changes tokens. Changes to many tokens are one statement, which returns the changed tokens.

use crate::{
    models::token::Overlap,
    server::{
        audit::Tx,
        db::{
            Conn, StoreError,
            database::Value,
            query::{Query, rows_per_statement},
        },
    },
};

/// A new token with its secret's hash and its products.
#[derive(Debug)]
pub struct NewToken<'a> {
    pub id: &'a str,
    pub project_key: &'a str,
    pub name: &'a str,
    pub login_name: &'a str,
    pub created_for_user: Option<&'a str>,
    pub created_for_service_user: Option<&'a str>,
    pub created_by: &'a str,
    pub created_at: i64,
    pub secret_hash: &'a str,
    pub products: &'a [&'a str],
}

/// Adds a token with its secret and its products.
///
/// # Errors
/// [`StoreError::Conflict`] if the login name is taken.
pub async fn create(tx: &mut Tx, token: &NewToken<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO tokens (id, project_key, name, login_name, created_for_user, created_for_service_user, created_by, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.execute(
        sql,
        &[
            token.id.into(),
            token.project_key.into(),
            token.name.into(),
            token.login_name.into(),
            token.created_for_user.into(),
            token.created_for_service_user.into(),
            token.created_by.into(),
            token.created_at.into(),
        ],
    )
    .await?;
    add_secret(tx, token.id, 1, token.secret_hash, token.created_at).await?;
    let products: Vec<_> = token.products.iter().map(|product| (token.id, *product)).collect();
    add_products(tx, &products, token.created_at).await
}

/// The fields of a token that a change depends on, or that its result shows.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TokenForChange {
    pub id: String,
    pub project_key: String,
    /// The user's id for a User token.
    pub created_for_user: Option<String>,
    pub name: String,
    pub login_name: String,
    /// E-mail of the owner, a user or a service user.
    pub owner_email: Option<String>,
    pub owner_active: i64,
    /// 1 if the owner is still in the project.
    pub owner_present: i64,
    pub disabled_at: Option<i64>,
    /// Product keys in any order, separated by blanks; `None` if there are none.
    pub products: Option<String>,
}

/// The tokens with these ids, by primary key, in any project.
pub async fn for_change(conn: &mut Conn, ids: &[&str]) -> Result<Vec<TokenForChange>, StoreError> {
    // Locked in the order in which pull counts are written, so that both cannot deadlock.
    conn.rows_for_update(&query_for_change(ids), "ORDER BY t.id FOR UPDATE OF t").await
}

/// The query of [`for_change`].
pub fn query_for_change<'a>(ids: &[&'a str]) -> Query<'a> {
    let mut query = Query::new(
        "SELECT t.id, t.project_key, t.created_for_user, t.name, t.login_name, coalesce(u.email, s.email) AS owner_email,
                coalesce(u.active, s.active, 0) AS owner_active,
                CASE WHEN m.role IS NOT NULL OR s.email IS NOT NULL THEN 1 ELSE 0 END + CAST(0 AS BIGINT) AS owner_present,
                t.disabled_at,
                (SELECT string_agg(p.product_key, ' ') FROM token_products p WHERE p.token_id = t.id) AS products
         FROM tokens t
         LEFT JOIN users u ON u.id = t.created_for_user
         LEFT JOIN members m ON m.project_key = t.project_key AND m.user_id = t.created_for_user
         LEFT JOIN service_users s ON s.project_key = t.project_key AND s.email = t.created_for_service_user",
    );
    query.condition("t.id IN").bind_list(ids.iter().copied());
    query
}

/// Whether one of these tokens has pulled since this day.
pub async fn are_in_use(conn: &mut Conn, ids: &[&str], since: &str) -> Result<bool, StoreError> {
    let mut query = Query::new("SELECT token_id FROM token_pulls");
    query.filter("day >=", since).condition("pulls > 0").condition("token_id IN").bind_list(ids.iter().copied()).push("LIMIT 1");
    Ok(!conn.rows::<(String,)>(&query).await?.is_empty())
}

/// Disables tokens. Returns the ids of those that were not disabled before.
pub async fn disable(tx: &mut Tx, ids: &[&str], by: &str, reason: &str, now: i64) -> Result<Vec<String>, StoreError> {
    let mut query = Query::new("UPDATE tokens SET disabled_at =");
    query.bind(now).push(", disabled_by =").bind(by).push(", disabled_reason =").bind(reason);
    query.condition("disabled_at IS NULL");
    changed(tx, query, "id IN", ids, "RETURNING id").await
}

/// Enables tokens. Returns the ids of those that were disabled.
pub async fn enable(tx: &mut Tx, ids: &[&str]) -> Result<Vec<String>, StoreError> {
    let mut query = Query::new("UPDATE tokens SET disabled_at = NULL, disabled_by = NULL, disabled_reason = NULL");
    query.condition("disabled_at IS NOT NULL");
    changed(tx, query, "id IN", ids, "RETURNING id").await
}

/// Deletes former secrets. Returns the ids of the tokens of which one still worked at `now` (Unix seconds).
pub async fn end_overlap(tx: &mut Tx, ids: &[&str], now: i64) -> Result<Vec<String>, StoreError> {
    let mut query = Query::new("DELETE FROM token_secrets");
    query.condition("expires_at IS NOT NULL").condition("token_id IN").bind_list(ids.iter().copied());
    query.push("RETURNING token_id, expires_at");
    let ended = tx.rows::<(String, i64)>(&query).await?;
    Ok(ended.into_iter().filter(|(_, ends)| Overlap::is_running(*ends, now)).map(|(id, _)| id).collect())
}

/// Deletes tokens, their secrets and their products. Returns the ids of those that existed.
pub async fn delete(tx: &mut Tx, ids: &[&str]) -> Result<Vec<String>, StoreError> {
    changed(tx, Query::new("DELETE FROM tokens"), "id IN", ids, "RETURNING id").await
}

/// Adds products to tokens; each pair is a token id and a product key.
pub async fn add_products(tx: &mut Tx, products: &[(&str, &str)], now: i64) -> Result<(), StoreError> {
    for products in products.chunks(rows_per_statement(3)) {
        let mut query = Query::new("INSERT INTO token_products (token_id, product_key, added_at) VALUES");
        query.bind_rows(products.iter().map(|(token_id, product)| [Value::from(*token_id), (*product).into(), now.into()]));
        tx.run(&query).await?;
    }
    Ok(())
}

/// A new secret for a token.
#[derive(Debug)]
pub struct NewSecret<'a> {
    /// The generation of the secret that it replaces.
    pub generation: i64,
    pub hash: &'a str,
    pub created_at: i64,
    /// Until when the replaced one works (Unix seconds); `None` if it ends at once.
    pub overlap_ends: Option<i64>,
}

/// Gives the token a new secret, if nobody else has done so since the generation. A former secret that it still has at `now` (Unix
/// seconds) ends at once.
///
/// Returns whether there was such a former secret; `None` if the secret was not replaced.
pub async fn regenerate(tx: &mut Tx, token_id: &str, new: &NewSecret<'_>, now: i64) -> Result<Option<bool>, StoreError> {
    let sql = "UPDATE tokens SET generation = generation + 1 WHERE id = $1 AND generation = $2";
    if tx.execute(sql, &[token_id.into(), new.generation.into()]).await? != 1 {
        return Ok(None);
    }
    let had_former = !end_overlap(tx, &[token_id], now).await?.is_empty();
    match new.overlap_ends {
        Some(ends) => {
            tx.execute("UPDATE token_secrets SET expires_at = $2 WHERE token_id = $1", &[token_id.into(), ends.into()]).await?;
        }
        None => {
            tx.execute("DELETE FROM token_secrets WHERE token_id = $1", &[token_id.into()]).await?;
        }
    }
    add_secret(tx, token_id, new.generation + 1, new.hash, new.created_at).await?;
    Ok(Some(had_former))
}

/// Adds a secret's hash.
pub(super) async fn add_secret(tx: &mut Tx, token_id: &str, generation: i64, hash: &str, now: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO token_secrets (token_id, generation, hash, created_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[token_id.into(), generation.into(), hash.into(), now.into()]).await?;
    Ok(())
}

async fn changed<'a>(
    tx: &mut Tx,
    mut query: Query<'a>,
    is_one_of: &'static str,
    ids: &[&'a str],
    returning: &'static str,
) -> Result<Vec<String>, StoreError> {
    query.condition(is_one_of).bind_list(ids.iter().copied()).push(returning);
    Ok(tx.rows::<(String,)>(&query).await?.into_iter().map(|(id,)| id).collect())
}
