//! Signing in with an e-mail and a password, and the session that follows.

use ring::digest;

use crate::{
    error::AppError,
    models::{
        audit::{ChangeAction, DenialAction},
        text,
    },
    server::{
        state::AppState,
        store::{
            accounts,
            audit::{AuditEntry, ChangeEntry},
            projects,
        },
        throttle::TooMany,
    },
};

use super::{Actor, Origin, ServiceError, audit, denials, passwords};

/// So many characters are kept of an e-mail that may be anybody's.
const EMAIL_LENGTH: usize = 100;

/// A new session's cookie value: the one thing that a browser keeps. The database has its hash.
pub struct SessionCookie(pub String);

/// Signs a person in.
///
/// A wrong e-mail and a wrong password look the same and cost the same.
///
/// # Errors
/// `Conflict` with the one text for both; `RateLimited` after many failures of this e-mail from this address, and while
/// more people sign in than can be checked.
pub async fn sign_in(state: &AppState, email: &str, password: String, origin: &Origin) -> Result<SessionCookie, ServiceError> {
    let email = text::email(email);
    let too_many = |too_many| throttled(state, &email, origin, &too_many);
    state.sign_ins.check(&origin.address, &email, state.clock.uptime()).map_err(too_many)?;
    let user = accounts::user_by_email(&mut state.db.reader(), &email).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let overloaded = |_: &ServiceError| tracing::warn!(client.address = origin.address, "sign_in.overloaded");
    let turn = state.passwords.turn().await.inspect_err(overloaded)?;
    // Counted before it is compared, and taken back where it is right: of tries sent at once all would find that none
    // has failed yet. Only so many as have a turn are counted and may be right.
    let attempt = state.sign_ins.count(&origin.address, &email, state.clock.uptime()).map_err(too_many)?;
    let matches = turn.verify(password, hash).await?;
    let Some(user) = user.filter(|user| matches && user.active == 1) else {
        return Err(refused(state, &email, origin));
    };
    state.sign_ins.take_back(attempt);
    let cookie = data_encoding::BASE64URL_NOPAD.encode(&state.random.bytes::<32>());
    let now = state.expiry_now();
    let expires_at = now + state.config.session_hours * 3600;
    let mut tx = state.db.begin().await?;
    // Looked at again while nobody can change it: whoever deactivates a person, or sets their password, ends the sessions
    // that there are, and one that came right after would live on.
    accounts::lock(&mut tx, &user.id).await?;
    let now_known = accounts::user_by_email(&mut tx, &email).await?;
    if now_known.is_none_or(|now| now.active == 0 || now.password_hash != user.password_hash) {
        return Err(refused(state, &email, origin));
    }
    accounts::add_session(&mut tx, &cookie_hash(&cookie), &user.id, now, expires_at).await?;
    tx.commit(audit::entry(state, &user.email, ChangeAction::SignIn, origin)).await?;
    Ok(SessionCookie(cookie))
}

/// The one text for everything that is wrong, with its row.
fn refused(state: &AppState, email: &str, origin: &Origin) -> ServiceError {
    let entry = audit::entry(state, &audit::typed(email, EMAIL_LENGTH), DenialAction::SignIn, origin);
    denials::deny(state, entry, AppError::Conflict("Email or password is wrong.".to_owned()))
}

/// The first of a window leaves a row, the rest lines of the log.
fn throttled(state: &AppState, email: &str, origin: &Origin, too_many: &TooMany) -> ServiceError {
    let answer = AppError::RateLimited { after: too_many.after };
    tracing::warn!(client.address = origin.address, "sign_in.throttled");
    if !too_many.is_first {
        return answer.into();
    }
    let entry = audit::entry(state, &audit::typed(email, EMAIL_LENGTH), DenialAction::SignInThrottled, origin);
    denials::deny(state, AuditEntry { detail: too_many.to_string(), ..entry }, answer)
}

/// The person behind a session cookie, if they are active and the session has not ended.
pub async fn actor(state: &AppState, cookie: &str, origin: Origin) -> Result<Option<Actor>, ServiceError> {
    let user = accounts::user_by_session(&mut state.db.reader(), &cookie_hash(cookie), state.expiry_now()).await?;
    Ok(user.map(|user| Actor { user_id: user.id, email: user.email, name: user.name, origin }))
}

/// Ends a session.
pub async fn sign_out(state: &AppState, cookie: &str) -> Result<(), ServiceError> {
    let mut conn = state.db.begin_upkeep().await?;
    accounts::delete_session(&mut conn, &cookie_hash(cookie)).await?;
    conn.commit().await?;
    Ok(())
}

/// Sets a person's password and ends their sessions.
///
/// # Errors
/// A text for the operator where the password's length or the e-mail is wrong.
pub async fn set_password(state: &AppState, email: &str, password: String) -> Result<(), ServiceError> {
    if !passwords::LENGTH.contains(&password.chars().count()) {
        let message = format!("the password must have {} to {} characters", passwords::LENGTH.start(), passwords::LENGTH.end());
        return Err(AppError::invalid("password", message).into());
    }
    let email = text::email(email);
    let hash = state.passwords.turn().await?.hash(password).await?;
    let mut tx = state.db.begin().await?;
    if !accounts::set_password(&mut tx, &email, &hash).await? {
        return Err(nobody(&email));
    }
    if let Some(user) = accounts::user_by_email(&mut tx, &email).await? {
        accounts::delete_sessions_of(&mut tx, &user.id).await?;
    }
    tx.commit(operator_entry(state, ChangeAction::PasswordSet, &email)).await?;
    Ok(())
}

/// Deactivates a person: signed out at once, for good, and their tokens disabled at the next pull.
///
/// # Errors
/// A text for the operator where nobody has this e-mail.
pub async fn deactivate(state: &AppState, email: &str) -> Result<(), ServiceError> {
    let email = text::email(email);
    let mut tx = state.db.begin().await?;
    if !accounts::deactivate(&mut tx, &email).await? {
        return Err(nobody(&email));
    }
    projects::touch_all(&mut tx).await?;
    tx.commit(operator_entry(state, ChangeAction::UserDeactivated, &email)).await?;
    Ok(())
}

fn nobody(email: &str) -> ServiceError {
    // What cannot be seen is written out: the e-mail looks right, and is not.
    let hint = text::unwanted(email).map(|unwanted| format!(" ({unwanted})")).unwrap_or_default();
    let email = email.escape_debug();
    AppError::invalid("email", format!("nobody has the e-mail {email}{hint}: import a catalogue that names them first")).into()
}

fn operator_entry(state: &AppState, action: ChangeAction, email: &str) -> ChangeEntry {
    let entry = audit::entry(state, "operator", action, &Origin::command_line());
    AuditEntry { created_for: Some(email.to_owned()), ..entry }
}

fn cookie_hash(cookie: &str) -> String {
    data_encoding::HEXLOWER.encode(digest::digest(&digest::SHA256, cookie.as_bytes()).as_ref())
}
