//! Pausing a token, letting it work again, and ending a former secret before its time.

use crate::{
    error::AppError,
    models::{audit::DenialAction, obstacles::Obstacles},
    server::{actor::Actor, audit::store::Entries, context::Services, error::ServiceError},
};

use super::change::{admins_only, authorize_token, authorized_token::AuthorizedToken, parse_reason};

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
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, DenialAction::TokenDisable).await?;
    admins_only(services, actor, DenialAction::TokenDisable, &found.project, &found.token)?;
    let done = found.change(services, actor).disable(&mut tx, reason).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "is disabled already"))?;
    tx.commit(entries).await?;
    Ok(found.token.obstacles.paused())
}

/// Ends the pause of a token. Admins only. Returns what keeps its secret from working still.
///
/// # Errors
/// A conflict where it is not paused.
pub async fn enable(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<Obstacles, ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, DenialAction::TokenEnable).await?;
    admins_only(services, actor, DenialAction::TokenEnable, &found.project, &found.token)?;
    let done = found.change(services, actor).enable(&mut tx).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "is not paused"))?;
    tx.commit(entries).await?;
    Ok(found.token.obstacles.enabled())
}

/// Ends the former secret that an overlap keeps working.
///
/// # Errors
/// A conflict where there is none.
pub async fn end_overlap(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, DenialAction::TokenEndOverlap).await?;
    let done = found.change(services, actor).end_overlap(&mut tx).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "has one secret only"))?;
    Ok(tx.commit(entries).await?)
}

/// Somebody else was quicker, or the page is an old one.
fn done_already(token: &AuthorizedToken, what: &str) -> ServiceError {
    AppError::Conflict(format!("{} {what}. Reload the page to see its state.", token.name)).into()
}
