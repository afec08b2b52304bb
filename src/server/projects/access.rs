//! The actor's rights in a project, read from the database for every request.

use crate::{
    error::AppError,
    models::{account::Role, audit::DenialAction},
    server::{
        actor::Actor,
        audit::{self, store::AuditEntry},
        context::Services,
        db::{Conn, StoreError},
        error::ServiceError,
    },
};

use super::store;

/// Maximum number of characters stored of an unknown key or id.
const TYPED_LENGTH: usize = 100;

/// A project that the actor is a member of, with their role there.
#[derive(Debug, Clone)]
pub struct Access {
    pub project: store::ProjectRecord,
    pub role: Role,
}

impl Access {
    /// The user id whose tokens the actor may see; `None` for all owners.
    pub fn visible_owner<'a>(&self, actor: &'a Actor) -> Option<&'a str> {
        match self.role {
            Role::Admin => None,
            Role::Customer => Some(&actor.user_id),
        }
    }
}

/// The actor's access to a project; `None` if they are not a member.
pub async fn of_member(conn: &mut Conn, actor: &Actor, key: &str) -> Result<Option<Access>, StoreError> {
    let found = store::for_member(conn, key, &actor.user_id).await?;
    Ok(found.and_then(|project| Some(Access { role: Role::parse(&project.role)?, project })))
}

/// The actor's access to a project. The response is the same for a project without membership and one that does not exist.
///
/// # Errors
/// [`AppError::NotFound`], with an audit entry.
pub async fn authorize_project(services: &Services, conn: &mut Conn, actor: &Actor, key: &str) -> Result<Access, ServiceError> {
    if let Some(access) = of_member(conn, actor, key).await? {
        return Ok(access);
    }
    // Store the project's own spelling of the key; an unknown key as typed.
    let canonical = store::canonical_key(conn, key).await?;
    let project_key = canonical.as_deref().unwrap_or(key);
    let about = About { project_key, ..About::default() };
    Err(denied(services, actor, DenialAction::Project, about, AppError::NotFound))
}

/// What was denied, as far as known. The key and the id may not exist.
#[derive(Debug, Default)]
pub struct About<'a> {
    pub project_key: &'a str,
    pub token_id: Option<&'a str>,
    pub login_name: Option<String>,
    pub created_for: Option<String>,
}

/// Denies the request and records it: see [`audit::denials::DenialLog::deny`].
pub fn denied(services: &Services, actor: &Actor, action: DenialAction, about: About<'_>, answer: AppError) -> ServiceError {
    let entry = AuditEntry {
        project_key: Some(audit::sanitize_untrusted(about.project_key, TYPED_LENGTH)),
        token_id: about.token_id.map(|id| audit::sanitize_untrusted(id, TYPED_LENGTH)),
        login_name: about.login_name,
        created_for: about.created_for,
        detail: answer.to_string(),
        ..services.audit_entry(&actor.email, action, &actor.origin)
    };
    services.denials.deny(entry, answer).into()
}
