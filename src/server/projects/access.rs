//! What the actor may do in a project. Read anew at every request.

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

/// At most this many characters are stored of a key or an id that names nothing.
const TYPED_LENGTH: usize = 100;

/// A project that the actor is a member of, with their role there.
#[derive(Debug, Clone)]
pub struct Access {
    pub project: store::ProjectRecord,
    pub role: Role,
}

impl Access {
    /// The owner whose tokens the actor may see: themselves, or everybody.
    pub fn visible_owner<'a>(&self, actor: &'a Actor) -> Option<&'a str> {
        match self.role {
            Role::Admin => None,
            Role::Customer => Some(&actor.user_id),
        }
    }
}

/// The actor's access to a project; `None` where they are no member of it.
pub async fn of_member(conn: &mut Conn, actor: &Actor, key: &str) -> Result<Option<Access>, StoreError> {
    let found = store::for_member(conn, key, &actor.user_id).await?;
    Ok(found.and_then(|project| Some(Access { role: Role::parse(&project.role)?, project })))
}

/// The actor's access to a project. One they are no member of answers exactly as one that does not exist.
///
/// # Errors
/// [`AppError::NotFound`], with a row in the audit trail.
pub async fn authorize_project(services: &Services, conn: &mut Conn, actor: &Actor, key: &str) -> Result<Access, ServiceError> {
    if let Some(access) = of_member(conn, actor, key).await? {
        return Ok(access);
    }
    // The key as the project writes it; what names none as it was typed.
    let canonical = store::canonical_key(conn, key).await?;
    let project_key = canonical.as_deref().unwrap_or(key);
    let about = About { project_key, ..About::default() };
    Err(denied(services, actor, DenialAction::Project, about, AppError::NotFound))
}

/// What somebody was refused, as far as it is known. The key and the id may name nothing.
#[derive(Debug, Default)]
pub struct About<'a> {
    pub project_key: &'a str,
    pub token_id: Option<&'a str>,
    pub login_name: Option<String>,
    pub created_for: Option<String>,
}

/// Refuses, and records it: see [`audit::denials::DenialLog::deny`].
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
