//! SQL for publishers: the operator's credentials that may push.

use crate::server::{audit::Tx, db::StoreError};

/// Adds a publisher.
///
/// # Errors
/// [`StoreError::Conflict`] if the login name is taken.
pub async fn create(tx: &mut Tx, login_name: &str, hash: &str, patterns: &[String], now: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO publishers (login_name, secret_hash, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, &[login_name.into(), hash.into(), now.into()]).await?;
    for pattern in patterns {
        let sql = "INSERT INTO publisher_repositories (login_name, pattern) VALUES ($1, $2)";
        tx.execute(sql, &[login_name.into(), pattern.into()]).await?;
    }
    Ok(())
}

/// Deletes a publisher; false if the name is unknown.
pub async fn delete(tx: &mut Tx, login_name: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM publishers WHERE login_name = $1", &[login_name.into()]).await? == 1)
}
