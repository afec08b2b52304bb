//! Disables and enables tokens, and ends overlaps early.

use crate::{
    models::{obstacles::Obstacles, token_action::TokenAction},
    server::{
        actor::Actor,
        audit::store::Entries,
        context::Services,
        error::{Refusal, ServiceError},
    },
};

use super::change::{authorize_token, authorized_token::AuthorizedToken, parse_reason};

/// Disables a token: its logins and pulls fail. Admins only. Returns what now prevents its secret from working.
///
/// # Errors
/// The field `reason` if it is invalid; a conflict if the token is already disabled.
pub async fn disable(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    reason: &str,
) -> Result<Obstacles, ServiceError> {
    let reason = parse_reason(reason)?;
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::Disable).await?;
    let done = found.change(services, actor).disable(&mut tx, reason).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "is disabled already"))?;
    tx.commit(entries).await?;
    Ok(found.token.obstacles.disabled())
}

/// Enables a disabled token. Admins only. Returns what still prevents its secret from working.
///
/// # Errors
/// A conflict if it is not disabled.
pub async fn enable(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<Obstacles, ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::Enable).await?;
    let done = found.change(services, actor).enable(&mut tx).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "is not disabled by an admin"))?;
    tx.commit(entries).await?;
    Ok(found.token.obstacles.enabled())
}

/// Ends an overlap: the former secret becomes invalid.
///
/// # Errors
/// A conflict if there is no overlap.
pub async fn end_overlap(services: &Services, actor: &Actor, project_key: &str, token_id: &str) -> Result<(), ServiceError> {
    let mut tx = services.db.begin().await?;
    let found = authorize_token(services, &mut tx, actor, project_key, token_id, TokenAction::EndOverlap).await?;
    let done = found.change(services, actor).end_overlap(&mut tx).await?;
    let entries = Entries::of(done).ok_or_else(|| done_already(&found.token, "has one secret only"))?;
    Ok(tx.commit(entries).await?)
}

/// The error if another user was faster, or the page is outdated.
fn done_already(token: &AuthorizedToken, what: &str) -> ServiceError {
    Refusal::Conflict(format!("{} {what}. Reload the page to see its state.", token.name)).into()
}
