//! SQL for users and their sessions.

use crate::{
    models::moment::CLOCK_DIFFERENCE,
    server::{
        audit::Tx,
        db::{Conn, StoreError, Upkeep},
    },
};

/// The user of a session.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionUser {
    pub id: String,
    pub email: String,
    pub name: String,
}

/// A user who signs in. It has no `Debug`, so that no log line can contain the hash.
#[derive(Clone, sqlx::FromRow)]
pub struct UserRecord {
    pub id: String,
    pub email: String,
    pub name: String,
    pub active: i64,
    pub password_hash: Option<String>,
}

/// The user with this e-mail (lower case).
pub async fn user_by_email(conn: &mut Conn, email: &str) -> Result<Option<UserRecord>, StoreError> {
    conn.optional("SELECT id, email, name, active, password_hash FROM users WHERE email = $1", &[email.into()]).await
}

/// The active user behind an unexpired session. A session created in the future comes from a wrong clock and is ignored: it
/// would live too long.
pub async fn user_by_session(conn: &mut Conn, cookie_hash: &str, now: i64) -> Result<Option<SessionUser>, StoreError> {
    let sql = "SELECT u.id, u.email, u.name
               FROM sessions s JOIN users u ON u.id = s.user_id
               WHERE s.cookie_hash = $1 AND s.expires_at > $2 AND s.created_at <= $3 AND u.active = 1";
    conn.optional(sql, &[cookie_hash.into(), now.into(), (now + CLOCK_DIFFERENCE).into()]).await
}

/// Locks the user's row until the transaction ends, so that their simultaneous requests queue up.
pub async fn lock(tx: &mut Tx, user_id: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE users SET active = active WHERE id = $1", &[user_id.into()]).await?;
    Ok(())
}

/// Maximum number of sessions per user, one per browser. A further sign-in ends the oldest.
pub const MAX_SESSIONS: i64 = 50;

/// Adds a session, and deletes all expired ones and the user's oldest beyond [`MAX_SESSIONS`].
pub async fn add_session(tx: &mut Tx, cookie_hash: &str, user_id: &str, now: i64, expires_at: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE expires_at <= $1", &[now.into()]).await?;
    let sql = "DELETE FROM sessions WHERE user_id = $1 AND cookie_hash NOT IN
               (SELECT cookie_hash FROM sessions WHERE user_id = $1 ORDER BY created_at DESC, cookie_hash LIMIT $2)";
    tx.execute(sql, &[user_id.into(), (MAX_SESSIONS - 1).into()]).await?;
    let sql = "INSERT INTO sessions (cookie_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[cookie_hash.into(), user_id.into(), now.into(), expires_at.into()]).await?;
    Ok(())
}

/// Ends one session.
pub async fn delete_session(conn: &mut Upkeep, cookie_hash: &str) -> Result<(), StoreError> {
    conn.execute("DELETE FROM sessions WHERE cookie_hash = $1", &[cookie_hash.into()]).await?;
    Ok(())
}

/// Ends all sessions of a user.
pub async fn delete_sessions_of(tx: &mut Tx, user_id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE user_id = $1", &[user_id.into()]).await?;
    Ok(())
}

/// Sets the password's hash; false if the e-mail is unknown.
pub async fn set_password(tx: &mut Tx, email: &str, hash: &str) -> Result<bool, StoreError> {
    let changed = tx.execute("UPDATE users SET password_hash = $2 WHERE email = $1", &[email.into(), hash.into()]).await?;
    Ok(changed == 1)
}

/// Deactivates a user and ends their sessions; false if the e-mail is unknown.
pub async fn deactivate(tx: &mut Tx, email: &str) -> Result<bool, StoreError> {
    let is_known = tx.execute("UPDATE users SET active = 0 WHERE email = $1", &[email.into()]).await? == 1;
    end_sessions_of_inactive(tx).await?;
    Ok(is_known)
}

/// Ends all sessions of inactive users, so that a user who is activated again must sign in. Call it after the last change to
/// a user: a sign-in also locks its user first and sessions after that.
pub async fn end_sessions_of_inactive(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE active = 0)", &[]).await?;
    Ok(())
}
