//! Pausing a token, letting it work again, and ending a former secret before its time.

use crate::{error::AppError, models::obstacles::Obstacles, server::state::AppState};

use super::{
    Actor, ServiceError,
    authorized_token::AuthorizedToken,
    token_change::{admins_only, find, parse_reason},
};

/// Pauses a token: its logins and pulls fail. Admins only. Returns what keeps its secret from working then.
///
/// # Errors
/// The field `reason` where it is too long; a conflict where the token is paused already.
pub async fn disable(
    state: &AppState,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    reason: &str,
) -> Result<Obstacles, ServiceError> {
    let reason = parse_reason(reason)?;
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.disable").await?;
    admins_only(state, actor, "token.disable", &found.project, &found.token)?;
    if found.change(state, actor).disable(&mut conn, reason).await?.is_empty() {
        return Err(done_already(&found.token, "is disabled already"));
    }
    conn.commit().await?;
    Ok(found.token.obstacles.paused())
}

/// Ends the pause of a token. Admins only. Returns what keeps its secret from working still.
///
/// # Errors
/// A conflict where it is not paused.
pub async fn enable(state: &AppState, actor: &Actor, project_key: &str, token_id: &str) -> Result<Obstacles, ServiceError> {
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.enable").await?;
    admins_only(state, actor, "token.enable", &found.project, &found.token)?;
    if found.change(state, actor).enable(&mut conn).await?.is_empty() {
        return Err(done_already(&found.token, "is not paused"));
    }
    conn.commit().await?;
    Ok(found.token.obstacles.enabled())
}

/// Ends the former secret that an overlap keeps working.
///
/// # Errors
/// A conflict where there is none.
pub async fn end_overlap(state: &AppState, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut conn = state.db.begin().await?;
    let found = find(state, &mut conn, actor, project_key, token_id, "token.end_overlap").await?;
    if found.change(state, actor).end_overlap(&mut conn).await?.is_empty() {
        return Err(done_already(&found.token, "has one secret only"));
    }
    Ok(conn.commit().await?)
}

/// Somebody else was quicker, or the page is an old one.
fn done_already(token: &AuthorizedToken, what: &str) -> ServiceError {
    AppError::Conflict(format!("{} {what}. Reload the page to see its state.", token.name)).into()
}
