//! The tokens to change, loaded by primary key with the current rights. The page shows [`crate::models::token::TokenRow`]
//! instead.

use std::collections::{BTreeSet, HashMap};

use crate::{
    error::AppError,
    models::{audit::DenialAction, obstacles::Obstacles, project::ProjectView, token_action::TokenAction},
    server::{
        actor::Actor,
        audit::Tx,
        context::Services,
        db::Conn,
        error::{Refusal, ServiceError},
        projects::{
            self,
            access::{self, About, Access},
            store as project_store,
        },
        tokens::{rows, store as token_store},
    },
};

use super::store::{self as changes, TokenForChange};

/// A token that the actor may see, read while the transaction locks its project.
#[derive(Debug, Clone)]
pub(in crate::server::tokens) struct AuthorizedToken {
    pub id: String,
    pub name: String,
    pub login_name: String,
    /// The owner's e-mail.
    pub created_for: String,
    /// Keys of the products that it opens today.
    pub running: Vec<String>,
    /// Keys of the products that Re-sync adds.
    pub products_to_add: Vec<String>,
    /// What prevents its secret from working.
    pub obstacles: Obstacles,
}

impl AuthorizedToken {
    fn of(record: TokenForChange, project: &ProjectView) -> Self {
        let held: Vec<String> = record.products.as_deref().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        let products_to_add = rows::missing(project, &held);
        let running = project.running().map(|subscription| &subscription.product_key);
        let running: Vec<String> = running.filter(|key| held.contains(key)).cloned().collect();
        let expired = running.is_empty();
        Self {
            id: record.id,
            name: record.name,
            login_name: record.login_name,
            created_for: record.owner_email.unwrap_or_default(),
            obstacles: Obstacles {
                disabled: record.disabled_at.is_some(),
                owner_inactive: record.owner_active == 0 || record.owner_present == 0,
                expired,
                resync_helps: expired && !products_to_add.is_empty(),
            },
            running,
            products_to_add,
        }
    }
}

/// Locks the project until the transaction ends. Returns it with its tokens with these ids, in the order of the ids.
///
/// # Errors
/// [`AppError::NotFound`], with an audit entry, if the actor is not a member or may not see one of the tokens; the response
/// for a token that does not exist is the same. [`AppError::Forbidden`], with an audit entry, if the action is for admins
/// only. A conflict if the project is closed.
pub(in crate::server::tokens) async fn lock_project(
    services: &Services,
    tx: &mut Tx,
    actor: &Actor,
    project_key: &str,
    ids: &BTreeSet<&str>,
    action: TokenAction,
) -> Result<(ProjectView, Vec<AuthorizedToken>), ServiceError> {
    project_store::lock(tx, project_key, &actor.user_id).await?;
    let access = access::authorize_project(services, tx, actor, project_key).await?;
    let project = projects::view(tx, &access, services.clock.today()).await?;
    let tokens = load(tx, &access, actor, &project, ids).await?;
    let found: BTreeSet<&str> = tokens.iter().map(|token| token.id.as_str()).collect();
    if let Some(id) = ids.difference(&found).next() {
        return Err(not_found_denial(services, tx, actor, action.denied(), &project.key, id).await);
    }
    if let Some(refusal) = project.change_refusal() {
        return Err(Refusal::Conflict(refusal.to_owned()).into());
    }
    match tokens.first() {
        Some(token) if action.is_for_admins() && !project.is_admin() => {
            Err(forbidden_denial(services, actor, action, &project, token))
        }
        _ => Ok((project, tokens)),
    }
}

/// The denial of an action that only admins may do.
fn forbidden_denial(
    services: &Services,
    actor: &Actor,
    action: TokenAction,
    project: &ProjectView,
    token: &AuthorizedToken,
) -> ServiceError {
    let answer = AppError::Forbidden("Only a customer admin can disable or enable a token.".to_owned());
    let about = About {
        project_key: &project.key,
        token_id: Some(&token.id),
        login_name: Some(token.login_name.clone()),
        created_for: Some(token.created_for.clone()),
    };
    access::denied(services, actor, action.denied(), about, answer)
}

/// The tokens with these ids that the actor may see.
async fn load(
    conn: &mut Conn,
    access: &Access,
    actor: &Actor,
    project: &ProjectView,
    ids: &BTreeSet<&str>,
) -> Result<Vec<AuthorizedToken>, ServiceError> {
    let ids: Vec<&str> = ids.iter().copied().collect();
    let owner = access.visible_owner(actor);
    let may_see = |record: &TokenForChange| {
        record.project_key == project.key && owner.is_none_or(|owner| record.created_for_user.as_deref() == Some(owner))
    };
    let records = changes::for_change(conn, &ids).await?.into_iter().filter(may_see);
    let mut found: HashMap<String, TokenForChange> = records.map(|record| (record.id.clone(), record)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(*id)).map(|record| AuthorizedToken::of(record, project)).collect())
}

/// The denial for a token that does not exist, or that the actor may not see. Only the audit trail distinguishes the two.
pub(in crate::server::tokens) async fn not_found_denial(
    services: &Services,
    conn: &mut Conn,
    actor: &Actor,
    action: DenialAction,
    project_key: &str,
    token_id: &str,
) -> ServiceError {
    let (login_name, created_for) = match token_store::named(conn, project_key, token_id).await {
        Ok(found) => found.unzip(),
        Err(cause) => return cause.into(),
    };
    let token_id = Some(token_id).filter(|id| !id.is_empty());
    let about = About { project_key, token_id, login_name, created_for: created_for.flatten() };
    access::denied(services, actor, action, about, AppError::NotFound)
}
