//! SQL that reads tokens, their secrets' dates and their products.

use crate::{
    models::token::Overlap,
    server::db::{
        Conn, Database, StoreError,
        database::Pools,
        direct::{DirectReader, direct_row},
    },
};

direct_row! {
    /// A token with the data of its owner and its creator.
    pub struct TokenRecord {
        pub id: String,
        pub name: String,
        pub login_name: String,
        /// The user's id for a User token.
        pub created_for_user: Option<String>,
        /// Name of the owner, a user or a service user.
        pub owner_name: Option<String>,
        pub owner_email: Option<String>,
        pub owner_active: i64,
        /// 1 if the owner is still in the project.
        pub owner_present: i64,
        pub creator_name: String,
        pub creator_email: String,
        pub created_at: i64,
        pub generation: i64,
        pub disabled_at: Option<i64>,
        pub disabled_reason: Option<String>,
        /// The end of the overlap, if a former secret still works.
        pub overlap_ends: Option<i64>,
        pub last_used_at: Option<i64>,
        pub last_used_address: Option<String>,
        pub last_used_client: Option<String>,
        /// Product keys in any order, separated by blanks; `None` if there are none.
        pub products: Option<String>,
        /// Number of pulls since the given day.
        pub pulls: i64,
    }
}

/// Selects [`TokenRecord`]s of a project, newest first. The overlap is one that [`Overlap::is_running`].
///
/// One query for everything: sqlx transfers rows one by one, so few wide rows cost much less than many narrow ones.
const LIST: &str =
    "SELECT t.id, t.name, t.login_name, t.created_for_user,
             coalesce(u.name, s.name) AS owner_name, coalesce(u.email, s.email) AS owner_email,
             coalesce(u.active, s.active, 0) AS owner_active,
             CASE WHEN m.role IS NOT NULL OR s.email IS NOT NULL THEN 1 ELSE 0 END + CAST(0 AS BIGINT) AS owner_present,
             c.name AS creator_name, c.email AS creator_email, t.created_at, t.generation, t.disabled_at, t.disabled_reason,
             (SELECT max(k.expires_at) FROM token_secrets k
              WHERE k.token_id = t.id AND k.expires_at > $4 AND k.expires_at <= $6) AS overlap_ends,
             t.last_used_at, t.last_used_address, t.last_used_client,
             (SELECT string_agg(p.product_key, ' ') FROM token_products p WHERE p.token_id = t.id) AS products,
             (SELECT CAST(coalesce(sum(p.pulls), 0) AS BIGINT) FROM token_pulls p WHERE p.token_id = t.id AND p.day >= $5) AS pulls
      FROM tokens t
      JOIN users c ON c.id = t.created_by
      LEFT JOIN users u ON u.id = t.created_for_user
      LEFT JOIN members m ON m.project_key = t.project_key AND m.user_id = t.created_for_user
      LEFT JOIN service_users s ON s.project_key = t.project_key AND s.email = t.created_for_service_user
      WHERE t.project_key = $1 AND ($2 IS NULL OR t.created_for_user = $2) AND ($3 IS NULL OR t.id = $3)
      ORDER BY t.id DESC";

/// A filter of a project's tokens.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenFilter<'a> {
    /// Only the User tokens created for this user.
    pub owner: Option<&'a str>,
    /// Only the token with this id.
    pub id: Option<&'a str>,
}

/// Tokens of a project, newest first, with their pulls since a day. `now` (Unix seconds) is for the overlaps.
pub async fn list(
    conn: &mut Conn,
    project_key: &str,
    which: TokenFilter<'_>,
    now: i64,
    since: &str,
) -> Result<Vec<TokenRecord>, StoreError> {
    conn.all(
        LIST,
        &[project_key.into(), which.owner.into(), which.id.into(), now.into(), since.into(), Overlap::latest_end(now).into()],
    )
    .await
}

/// Lists all tokens, or the User tokens created for one user. This is the longest query of the portal.
pub async fn list_all(
    db: &Database,
    project_key: &str,
    owner: Option<&str>,
    now: i64,
    since: &str,
) -> Result<Vec<TokenRecord>, StoreError> {
    match &db.pools {
        Pools::Sqlite { direct, .. } => {
            let (key, owner, since) = (project_key.to_owned(), owner.map(str::to_owned), since.to_owned());
            let read = move |direct: DirectReader| {
                let values = rusqlite::named_params! { "$1": key, "$2": owner, "$3": None::<String>, "$4": now, "$5": since, "$6": Overlap::latest_end(now) };
                direct.all(LIST, values)
            };
            direct.read_blocking(read).await
        }
        Pools::Postgres(_) => list(&mut db.reader(), project_key, TokenFilter { owner, id: None }, now, since).await,
    }
}

/// The ids of a project's tokens, or of its User tokens created for one user.
pub async fn ids(conn: &mut Conn, project_key: &str, owner: Option<&str>) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT id FROM tokens WHERE project_key = $1 AND ($2 IS NULL OR created_for_user = $2)";
    let found = conn.all::<(String,)>(sql, &[project_key.into(), owner.into()]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The number of the project's tokens, and of the user's tokens in all projects (0 without a user).
pub async fn count(conn: &mut Conn, project_key: &str, user_id: Option<&str>) -> Result<(i64, i64), StoreError> {
    let all = conn.number("SELECT count(*) FROM tokens WHERE project_key = $1", &[project_key.into()]).await?;
    let sql = "SELECT count(*) FROM tokens WHERE created_for_user = $1";
    let own = match user_id {
        Some(user_id) => conn.number(sql, &[user_id.into()]).await?,
        None => 0,
    };
    Ok((all, own))
}

/// A product of a token, with one of its repository patterns if it has any.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OpenedRecord {
    pub product_key: String,
    pub product_name: String,
    pub pattern: Option<String>,
}

/// The id of the token with this login name (lower case).
pub async fn id_of(conn: &mut Conn, login_name: &str) -> Result<Option<String>, StoreError> {
    let found = conn.optional::<(String,)>("SELECT id FROM tokens WHERE login_name = $1", &[login_name.into()]).await?;
    Ok(found.map(|(id,)| id))
}

/// The login name of a project's token, and the e-mail that it was created for.
pub async fn named(conn: &mut Conn, project_key: &str, token_id: &str) -> Result<Option<(String, Option<String>)>, StoreError> {
    let sql = "SELECT login_name, coalesce((SELECT email FROM users WHERE id = created_for_user), created_for_service_user)
               FROM tokens WHERE project_key = $1 AND id = $2";
    conn.optional(sql, &[project_key.into(), token_id.into()]).await
}

/// When the token's current secret was created (Unix seconds).
pub async fn secret_made(conn: &mut Conn, token_id: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT created_at FROM token_secrets WHERE token_id = $1 AND expires_at IS NULL";
    Ok(conn.optional::<(i64,)>(sql, &[token_id.into()]).await?.map(|(made,)| made))
}

/// The products of a token and their repository patterns, sorted.
pub async fn repositories(conn: &mut Conn, token_id: &str) -> Result<Vec<OpenedRecord>, StoreError> {
    let sql = "SELECT p.key AS product_key, p.name AS product_name, r.pattern
               FROM token_products tp JOIN products p ON p.key = tp.product_key
               LEFT JOIN product_repositories r ON r.product_key = p.key
               WHERE tp.token_id = $1 ORDER BY p.key, r.pattern";
    conn.all(sql, &[token_id.into()]).await
}
