//! Key-value settings stored in the database.

use super::{Conn, StoreError};

/// Stores `value` under `name` unless a value is stored already. Returns the stored value.
pub async fn get_or_insert(conn: &mut Conn, name: &str, value: &str) -> Result<String, StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    conn.execute(sql, &[name.into(), value.into()]).await?;
    Ok(stored(conn, name).await?.unwrap_or_else(|| value.to_owned()))
}

/// The value stored under `name`.
pub async fn stored(conn: &mut Conn, name: &str) -> Result<Option<String>, StoreError> {
    let kept = conn.optional::<(String,)>("SELECT value FROM settings WHERE name = $1", &[name.into()]).await?;
    Ok(kept.map(|(value,)| value))
}

/// Increments the number stored under `name`; it starts at 0.
pub async fn count_up(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES ($1, '1')
               ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)";
    conn.execute(sql, &[name.into()]).await?;
    Ok(())
}

/// Rewrites the row of `name`: fails if the database accepts no writes.
pub async fn touch(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES ($1, '') ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    conn.execute(sql, &[name.into()]).await?;
    Ok(())
}
