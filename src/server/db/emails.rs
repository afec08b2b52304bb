//! Normalizes e-mails that an earlier release stored in another form than the one compared now.

use crate::models::text;

use super::{Database, StoreError};

/// Converts every e-mail to the form of [`text::email`], without invisible characters. Otherwise those users could not sign
/// in, and the next import would treat them as new users. If another user already has that form, both stay, and a warning is
/// logged.
///
/// Writes nothing if nothing changes. ASCII e-mails always had the right form.
pub async fn bring_to_one_form(db: &Database) -> Result<(), StoreError> {
    let users = "SELECT id, email FROM users WHERE octet_length(email) <> length(email)";
    let users: Vec<(String, String)> = db.reader().all(users, &[]).await?;
    let accounts = "SELECT project_key, email FROM service_users WHERE octet_length(email) <> length(email)";
    let accounts: Vec<(String, String)> = db.reader().all(accounts, &[]).await?;
    let users: Vec<_> = users.iter().filter(|(_, email)| form(email) != *email).collect();
    let accounts: Vec<_> = accounts.iter().filter(|(_, email)| form(email) != *email).collect();
    if users.is_empty() && accounts.is_empty() {
        return Ok(());
    }
    let mut conn = db.begin_upkeep().await?;
    for (id, email) in users {
        let kept = form(email);
        if conn.number("SELECT count(*) FROM users WHERE email = $1", &[(&kept).into()]).await? > 0 {
            tracing::warn!(user.id = id, "two users have one e-mail in two forms: import a catalogue, which keeps one");
            continue;
        }
        conn.execute("UPDATE users SET email = $2 WHERE id = $1", &[id.into(), (&kept).into()]).await?;
    }
    for (project, email) in accounts {
        let kept = form(email);
        let values = [project.into(), (&kept).into(), email.into()];
        let known = "SELECT count(*) FROM service_users WHERE project_key = $1 AND email = $2";
        if conn.number(known, &values[..2]).await? > 0 {
            tracing::warn!(
                project.key = project,
                "two service users have one e-mail in two forms: import a catalogue, which keeps one"
            );
            continue;
        }
        // Insert before the update, because tokens refer to the e-mail. `ON CONFLICT`, because another instance may start at
        // the same time.
        for sql in [
            "INSERT INTO service_users (project_key, email, name, active)
             SELECT project_key, $2, name, active FROM service_users WHERE project_key = $1 AND email = $3
             ON CONFLICT DO NOTHING",
            "UPDATE tokens SET created_for_service_user = $2 WHERE project_key = $1 AND created_for_service_user = $3",
        ] {
            conn.execute(sql, &values).await?;
        }
        let sql = "DELETE FROM service_users WHERE project_key = $1 AND email = $2";
        conn.execute(sql, &[project.into(), email.into()]).await?;
    }
    conn.commit().await
}

fn form(email: &str) -> String {
    text::email(&email.chars().filter(|c| !text::is_invisible(*c)).collect::<String>())
}
