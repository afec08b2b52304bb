//! One change to many tokens. If the actor may not change one of them, none is changed.

use std::collections::{BTreeSet, HashSet};

use crate::{
    models::{
        audit::DenialAction,
        bulk::{BulkAction, BulkOutcome, MAX_CHANGED, MAX_CHECKED},
    },
    server::{
        actor::Actor,
        audit::store::Entries,
        context::Services,
        error::{Refusal, ServiceError},
        projects::access,
    },
};

use super::{
    change::{
        Change,
        authorized_token::{self, AuthorizedToken, not_found_denial},
        confirmed, parse_reason,
    },
    store,
};

/// Changes the tokens in one transaction.
///
/// # Errors
/// The field `token_ids` if there are none or too many, `reason` if it is invalid, `confirm`; the errors of a single change.
pub async fn change(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    token_ids: &[String],
    action: &BulkAction,
) -> Result<BulkOutcome, ServiceError> {
    let ids = distinct(token_ids, MAX_CHANGED)?;
    let reason = match action {
        BulkAction::Disable { reason } => parse_reason(reason)?,
        _ => "",
    };
    let mut tx = services.db.begin().await?;
    let (project, tokens) =
        authorized_token::lock_project(services, &mut tx, actor, project_key, &ids, action.token_action()).await?;
    if let BulkAction::Delete { confirm, all } = action {
        confirmed(services, &mut tx, &tokens, *all, confirm).await?;
    }
    let change = Change { services, actor, project_key: &project.key, tokens: &tokens };
    let entries = match action {
        BulkAction::Resync => change.resync(&mut tx).await?,
        BulkAction::Disable { .. } => change.disable(&mut tx, reason).await?,
        BulkAction::Enable => change.enable(&mut tx).await?,
        BulkAction::Delete { .. } => change.delete(&mut tx).await?,
    };
    let changed: HashSet<String> = entries.iter().filter_map(|entry| entry.token_id.clone()).collect();
    if let Some(entries) = Entries::of(entries) {
        tx.commit(entries).await?;
    }
    let mut outcome = BulkOutcome::default();
    for token in &tokens {
        if changed.contains(&token.id) {
            outcome.append(done(token, action));
        } else {
            outcome.unchanged.push(token.id.clone());
        }
    }
    Ok(outcome)
}

/// The outcome for a changed token.
fn done(token: &AuthorizedToken, action: &BulkAction) -> BulkOutcome {
    let before = token.obstacles;
    let (obstacles, added) = match action {
        BulkAction::Resync => (before.resynced(), token.products_to_add.clone()),
        BulkAction::Disable { .. } => (before.disabled(), Vec::new()),
        BulkAction::Enable => (before.enabled(), Vec::new()),
        BulkAction::Delete { .. } => (before, Vec::new()),
    };
    let blocked = if obstacles.is_none() { Vec::new() } else { vec![(token.id.clone(), obstacles)] };
    BulkOutcome { done: vec![token.id.clone()], blocked, added, ..BulkOutcome::default() }
}

/// Checks that the actor may see all of the tokens, before they are changed in chunks.
///
/// # Errors
/// The field `token_ids` if there are none or too many; [`crate::error::AppError::NotFound`] if the actor may not see one of them.
pub async fn check(services: &Services, actor: &Actor, project_key: &str, token_ids: &[String]) -> Result<(), ServiceError> {
    let ids = distinct(token_ids, MAX_CHECKED)?;
    let mut conn = services.db.reader();
    let access = access::authorize_project(services, &mut conn, actor, project_key).await?;
    let key = &access.project.key;
    let visible: HashSet<String> = store::ids(&mut conn, key, access.visible_owner(actor)).await?.into_iter().collect();
    match ids.into_iter().find(|id| !visible.contains(*id)) {
        Some(id) => Err(not_found_denial(services, &mut conn, actor, DenialAction::TokenCheck, key, id).await),
        None => Ok(()),
    }
}

/// Removes duplicates and sorts.
fn distinct(token_ids: &[String], most: usize) -> Result<BTreeSet<&str>, ServiceError> {
    let ids: BTreeSet<&str> = token_ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Err(Refusal::invalid("token_ids", "Choose at least one token.").into());
    }
    if ids.len() > most {
        return Err(Refusal::invalid("token_ids", format!("Choose at most {most} tokens at a time.")).into());
    }
    Ok(ids)
}
