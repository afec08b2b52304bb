//! Pausing a token, letting it work again, and ending a former secret before its time.

use crate::{
    error::AppError,
    models::{obstacles::Obstacles, token::TokenRow},
    server::{actor::Actor, context::Services, error::ServiceError},
};

use super::change::{admins_only, find, parse_reason};

/// Pauses a token: its logins and pulls fail. Admins only. Returns what keeps its secret from working then.
///
/// # Errors
/// The field `reason` where it is too long; a conflict where the token is paused already.
pub async fn disable(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    reason: &str,
) -> Result<Obstacles, ServiceError> {
    let reason = parse_reason(reason)?;
    let mut conn = services.db.begin().await?;
    let found = find(services, &mut conn, actor, project_key, token_id, "token.disable").await?;
    admins_only(services, actor, "token.disable", &found.project, &found.token)?;
    if !found.change(services, actor).disable(&mut conn, reason).await? {
        return Err(done_already(&found.token, "is disabled already"));
    }
    conn.commit().await?;
    Ok(found.token.obstacles().paused())
}

/// Ends the pause of a token. Admins only. Returns what keeps its secret from working still.
///
/// # Errors
/// A conflict where it is not paused.
pub async fn enable(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<Obstacles, ServiceError> {
    let mut conn = services.db.begin().await?;
    let found = find(services, &mut conn, actor, project_key, token_id, "token.enable").await?;
    admins_only(services, actor, "token.enable", &found.project, &found.token)?;
    if !found.change(services, actor).enable(&mut conn).await? {
        return Err(done_already(&found.token, "is not paused"));
    }
    conn.commit().await?;
    Ok(found.token.obstacles().enabled())
}

/// Ends the former secret that an overlap keeps working.
///
/// # Errors
/// A conflict where there is none.
pub async fn end_overlap(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut conn = services.db.begin().await?;
    let found = find(services, &mut conn, actor, project_key, token_id, "token.end_overlap").await?;
    if !found.change(services, actor).end_overlap(&mut conn).await? {
        return Err(done_already(&found.token, "has one secret only"));
    }
    Ok(conn.commit().await?)
}

/// Somebody else was quicker, or the page is an old one.
fn done_already(token: &TokenRow, what: &str) -> ServiceError {
    AppError::Conflict(format!("{} {what}. Reload the page to see its state.", token.name)).into()
}
