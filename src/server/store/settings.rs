//! Facts about the database itself.

use super::{Conn, StoreError};

/// Keeps `value` under `name` unless something is kept there already, and says what is.
pub async fn keep_first(conn: &mut Conn, name: &str, value: &str) -> Result<String, StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    conn.execute(sql, &[name.into(), value.into()]).await?;
    let kept = conn.optional::<(String,)>("SELECT value FROM settings WHERE name = $1", &[name.into()]).await?;
    Ok(kept.map_or_else(|| value.to_owned(), |(kept,)| kept))
}
