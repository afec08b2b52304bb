//! SQL for the usage of tokens.

use crate::server::db::{Conn, StoreError, Upkeep};

/// A token's pulls since the last write.
#[derive(Debug, Clone)]
pub struct Use {
    pub pulls: i64,
    /// Time of the last pull (Unix seconds).
    pub at: i64,
    pub address: String,
    pub client: String,
}

/// Adds pulls to a day's count and updates the token's last use. A token that no longer exists is skipped.
pub async fn add(conn: &mut Upkeep, token_id: &str, day: &str, usage: &Use) -> Result<(), StoreError> {
    let sql = "UPDATE tokens SET last_used_at = $2, last_used_address = $3, last_used_client = $4
               WHERE id = $1 AND coalesce(last_used_at, 0) <= $2";
    let values = [token_id.into(), usage.at.into(), (&usage.address).into(), (&usage.client).into()];
    conn.execute(sql, &values).await?;
    let sql = "INSERT INTO token_pulls (token_id, day, pulls) SELECT id, $2, $3 FROM tokens WHERE id = $1
               ON CONFLICT (token_id, day) DO UPDATE SET pulls = token_pulls.pulls + excluded.pulls";
    conn.execute(sql, &[token_id.into(), day.into(), usage.pulls.into()]).await?;
    Ok(())
}

/// A token's pulls per day, from `day` on.
pub async fn by_day(conn: &mut Conn, token_id: &str, day: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "SELECT day, pulls FROM token_pulls WHERE token_id = $1 AND day >= $2 ORDER BY day";
    conn.all(sql, &[token_id.into(), day.into()]).await
}
