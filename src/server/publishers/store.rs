//! Publishers: the operator's credentials that may push.

use crate::server::db::{Conn, StoreError};

/// Adds a publisher.
///
/// # Errors
/// [`StoreError::Conflict`] where the login name is taken.
pub async fn create(conn: &mut Conn, login_name: &str, hash: &str, patterns: &[String], now: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO publishers (login_name, secret_hash, created_at) VALUES ($1, $2, $3)";
    conn.execute(sql, &[login_name.into(), hash.into(), now.into()]).await?;
    for pattern in patterns {
        let sql = "INSERT INTO publisher_repositories (login_name, pattern) VALUES ($1, $2)";
        conn.execute(sql, &[login_name.into(), pattern.into()]).await?;
    }
    Ok(())
}

/// Removes a publisher; false where there is none of this name.
pub async fn delete(conn: &mut Conn, login_name: &str) -> Result<bool, StoreError> {
    Ok(conn.execute("DELETE FROM publishers WHERE login_name = $1", &[login_name.into()]).await? == 1)
}
