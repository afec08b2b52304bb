//! Sign-in with e-mail and password, and sessions.

pub mod store;

use ring::digest;

use crate::{
    error::AppError,
    models::{
        audit::{ChangeAction, DenialAction},
        text,
    },
};

use super::{
    actor::Actor,
    audit::{
        self,
        store::{AuditEntry, ChangeEntry},
    },
    client_info::ClientInfo,
    context::Services,
    crypto::passwords::{self, PasswordError},
    error::{Refusal, ServiceError},
    projects::store as projects,
    rate_limiter::{RateLimited, RateLimiter},
};

/// Maximum number of characters stored of an unknown e-mail.
const EMAIL_LENGTH: usize = 100;

/// The cookie value of a new session. The browser stores it; the database stores only its hash.
pub struct SessionCookie(pub String);

/// Signs a user in. `failures` are the portal's failure counters.
///
/// A wrong e-mail and a wrong password get the same response and take the same time.
///
/// # Errors
/// `Conflict` with the same text for both; `RateLimited` after many failures of this e-mail from this address, and while the
/// queue for password hashing is full.
pub async fn sign_in(
    services: &Services,
    failures: &RateLimiter,
    email: &str,
    password: String,
    origin: &ClientInfo,
) -> Result<SessionCookie, ServiceError> {
    let email = text::email(email);
    let limited = |limited| rate_limited(services, &email, origin, &limited);
    failures.check(&origin.address, &email, services.clock.uptime()).map_err(limited)?;
    let user = store::user_by_email(&mut services.db.reader(), &email).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let overloaded = |_: &PasswordError| tracing::warn!(client.address = origin.address, "sign_in.overloaded");
    let permit = services.passwords.permit().await.inspect_err(overloaded)?;
    // Count the attempt before the comparison and refund it if it is correct. Otherwise all of many simultaneous attempts
    // would pass the check. Only attempts with a permit are counted.
    let attempt = failures.count(&origin.address, &email, services.clock.uptime()).map_err(limited)?;
    let matches = permit.verify(password, hash).await?;
    let Some(user) = user.filter(|user| matches && user.active == 1) else {
        return Err(refused(services, &email, origin));
    };
    failures.refund(attempt);
    let cookie = data_encoding::BASE64URL_NOPAD.encode(&services.random.bytes::<32>());
    let now = services.expiry_now();
    let expires_at = now + services.config.session_hours * 3600;
    let mut tx = services.db.begin().await?;
    // Check the user again under a lock. A deactivation or a new password ends all existing sessions, and a session created
    // right after it would survive.
    store::lock(&mut tx, &user.id).await?;
    let now_known = store::user_by_email(&mut tx, &email).await?;
    if now_known.is_none_or(|now| now.active == 0 || now.password_hash != user.password_hash) {
        return Err(refused(services, &email, origin));
    }
    store::add_session(&mut tx, &cookie_hash(&cookie), &user.id, now, expires_at).await?;
    tx.commit(services.audit_entry(&user.email, ChangeAction::SignIn, origin)).await?;
    Ok(SessionCookie(cookie))
}

/// The same error for every cause, with its audit entry.
fn refused(services: &Services, email: &str, origin: &ClientInfo) -> ServiceError {
    let entry = services.audit_entry(&audit::sanitize_untrusted(email, EMAIL_LENGTH), DenialAction::SignIn, origin);
    services.denials.deny(entry, AppError::Conflict("Email or password is wrong.".to_owned())).into()
}

/// Denies the first attempt of a window with an audit entry; later ones are only logged.
fn rate_limited(services: &Services, email: &str, origin: &ClientInfo, limited: &RateLimited) -> ServiceError {
    tracing::warn!(client.address = origin.address, "sign_in.throttled");
    let answer = Refusal::RateLimited { after: limited.after };
    if !limited.is_first {
        return answer.into();
    }
    let entry = services.audit_entry(&audit::sanitize_untrusted(email, EMAIL_LENGTH), DenialAction::SignInThrottled, origin);
    services.denials.deny(AuditEntry { detail: limited.to_string(), ..entry }, answer.into()).into()
}

/// The user behind a session cookie, if they are active and the session has not expired.
pub async fn actor(services: &Services, cookie: &str, origin: ClientInfo) -> Result<Option<Actor>, ServiceError> {
    let user = store::user_by_session(&mut services.db.reader(), &cookie_hash(cookie), services.expiry_now()).await?;
    Ok(user.map(|user| Actor { user_id: user.id, email: user.email, name: user.name, origin }))
}

/// Ends a session.
pub async fn sign_out(services: &Services, cookie: &str) -> Result<(), ServiceError> {
    let mut conn = services.db.begin_upkeep().await?;
    store::delete_session(&mut conn, &cookie_hash(cookie)).await?;
    conn.commit().await?;
    Ok(())
}

/// Sets a user's password and ends their sessions.
///
/// # Errors
/// A text for the operator if the password's length is wrong or the e-mail is unknown.
pub async fn set_password(services: &Services, email: &str, password: String) -> Result<(), ServiceError> {
    if !passwords::LENGTH.contains(&password.chars().count()) {
        let message = format!("the password must have {} to {} characters", passwords::LENGTH.start(), passwords::LENGTH.end());
        return Err(Refusal::invalid("password", message).into());
    }
    let email = text::email(email);
    let hash = services.passwords.permit().await?.hash(password).await?;
    let mut tx = services.db.begin().await?;
    if !store::set_password(&mut tx, &email, &hash).await? {
        return Err(unknown_user(&email));
    }
    if let Some(user) = store::user_by_email(&mut tx, &email).await? {
        store::delete_sessions_of(&mut tx, &user.id).await?;
    }
    tx.commit(operator_entry(services, ChangeAction::PasswordSet, &email)).await?;
    Ok(())
}

/// Deactivates a user: ends their sessions at once, and disables their tokens from the next pull on.
///
/// # Errors
/// A text for the operator if the e-mail is unknown.
pub async fn deactivate(services: &Services, email: &str) -> Result<(), ServiceError> {
    let email = text::email(email);
    let mut tx = services.db.begin().await?;
    if !store::deactivate(&mut tx, &email).await? {
        return Err(unknown_user(&email));
    }
    projects::touch_all(&mut tx).await?;
    tx.commit(operator_entry(services, ChangeAction::UserDeactivated, &email)).await?;
    Ok(())
}

fn unknown_user(email: &str) -> ServiceError {
    // Invisible characters are escaped: otherwise the e-mail would look correct.
    let hint = text::unwanted(email).map(|unwanted| format!(" ({unwanted})")).unwrap_or_default();
    let email = email.escape_debug();
    Refusal::invalid("email", format!("nobody has the e-mail {email}{hint}: import a catalogue that names them first")).into()
}

fn operator_entry(services: &Services, action: ChangeAction, email: &str) -> ChangeEntry {
    let entry = services.audit_entry("operator", action, &ClientInfo::command_line());
    AuditEntry { created_for: Some(email.to_owned()), ..entry }
}

fn cookie_hash(cookie: &str) -> String {
    data_encoding::HEXLOWER.encode(digest::digest(&digest::SHA256, cookie.as_bytes()).as_ref())
}
