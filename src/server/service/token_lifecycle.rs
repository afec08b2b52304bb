//! Pausing a token, letting it work again, and ending a former secret before its time.

use crate::{
    error::AppError,
    models::account::Role,
    server::{
        state::AppState,
        store::{Conn, audit, tokens},
    },
};

use super::{
    Actor, ServiceError, access,
    tokens::{Found, change_row, find},
};

/// The longest reason, in characters.
const REASON_LENGTH: usize = 200;

/// Pauses a token: its logins and pulls fail from now on. Admins only.
///
/// # Errors
/// The field `reason` where it is too long; a conflict where the token is paused already.
pub async fn disable(
    state: &AppState,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    reason: &str,
) -> Result<(), ServiceError> {
    let reason = reason.trim();
    if reason.chars().count() > REASON_LENGTH {
        return Err(AppError::invalid("reason", format!("Use at most {REASON_LENGTH} characters.")).into());
    }
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.disable").await?;
    admins_only(state, actor, &found, "token.disable.denied")?;
    if !tokens::disable(&mut conn, token_id, &actor.user_id, reason, state.clock.now()).await? {
        return Err(AppError::Conflict(format!("{} is disabled already.", found.token.name)).into());
    }
    finish(state, conn, actor, &found, "token.disabled", reason).await
}

/// Lets a paused token work again. Admins only.
///
/// # Errors
/// A conflict where it is not paused.
pub async fn enable(state: &AppState, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.enable").await?;
    admins_only(state, actor, &found, "token.enable.denied")?;
    if !tokens::enable(&mut conn, token_id).await? {
        return Err(AppError::Conflict(format!("{} is not paused.", found.token.name)).into());
    }
    finish(state, conn, actor, &found, "token.enabled", "").await
}

/// Ends the former secret that an overlap keeps working.
///
/// # Errors
/// A conflict where there is none.
pub async fn end_overlap(state: &AppState, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.end_overlap").await?;
    if !tokens::end_overlap(&mut conn, token_id).await? {
        return Err(AppError::Conflict(format!("{} has one secret only.", found.token.name)).into());
    }
    finish(state, conn, actor, &found, "token.overlap_ended", "").await
}

fn admins_only(state: &AppState, actor: &Actor, found: &Found, action: &str) -> Result<(), ServiceError> {
    if found.role == Role::Admin {
        return Ok(());
    }
    let answer = AppError::Forbidden("Only a customer admin can disable or enable a token.".to_owned());
    Err(access::denied(state, actor, action, &found.project.key, Some(&found.token.id), answer))
}

async fn finish(
    state: &AppState,
    mut conn: Conn,
    actor: &Actor,
    found: &Found,
    action: &str,
    detail: &str,
) -> Result<(), ServiceError> {
    audit::add(&mut conn, &change_row(state, actor, action, found, detail.to_owned())).await?;
    conn.commit().await?;
    Ok(())
}
