//! A change to one token with its row in the audit trail: what is done to one token and to many is the same.

use crate::{
    error::AppError,
    models::{project::ProjectView, text, token::TokenRow},
    server::{
        actor::Actor,
        audit::{
            row as audit_row,
            store::{self as audit, AuditRow},
        },
        context::Services,
        db::Conn,
        error::ServiceError,
        projects::{
            self,
            access::{self, About},
            store as project_store,
        },
    },
};

use super::{
    rows,
    store::{self, Which},
};

/// The longest reason, in characters.
const REASON_LENGTH: usize = 200;

/// A token found for a change, with its project.
pub(super) struct Found {
    pub project: ProjectView,
    pub token: TokenRow,
}

impl Found {
    pub fn change<'a>(&'a self, services: &'a Services, actor: &'a Actor) -> Change<'a> {
        Change { services, actor, project_key: &self.project.key, token: &self.token }
    }
}

/// The token with this id, if the actor may change it. One they may not see answers as one that does not exist.
pub(super) async fn find(
    services: &Services,
    conn: &mut Conn,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    action: &str,
) -> Result<Found, ServiceError> {
    let (project, mut tokens) = hold(services, conn, actor, project_key, Some(token_id)).await?;
    let Some(token) = tokens.pop() else { return Err(hidden(services, conn, actor, action, &project.key, token_id).await) };
    refuse_closed(&project)?;
    Ok(Found { project, token })
}

/// The project, which is held until the transaction ends, and of its tokens that the actor may see all, or the one with
/// this id.
pub(super) async fn hold(
    services: &Services,
    conn: &mut Conn,
    actor: &Actor,
    project_key: &str,
    token_id: Option<&str>,
) -> Result<(ProjectView, Vec<TokenRow>), ServiceError> {
    project_store::lock(conn, project_key, &actor.user_id).await?;
    let access = access::to_project(services, conn, actor, project_key).await?;
    let project = projects::view(conn, &access, services.clock.today()).await?;
    let which = Which { owner: access.visible_owner(actor), id: token_id };
    let tokens = rows::load(conn, &project, which, services.clock.now()).await?;
    Ok((project, tokens))
}

/// The refusal of a token that is none, or none that the actor may see. Only the audit trail tells the two apart.
pub(super) async fn hidden(
    services: &Services,
    conn: &mut Conn,
    actor: &Actor,
    action: &str,
    project_key: &str,
    token_id: &str,
) -> ServiceError {
    let (login_name, created_for) = match store::named(conn, project_key, token_id).await {
        Ok(found) => found.unzip(),
        Err(cause) => return cause.into(),
    };
    let token_id = Some(token_id).filter(|id| !id.is_empty());
    let about = About { project_key, token_id, login_name, created_for: created_for.flatten() };
    access::denied(services, actor, &format!("{action}.denied"), about, AppError::NotFound)
}

/// # Errors
/// A conflict where the project is closed.
pub(super) fn refuse_closed(project: &ProjectView) -> Result<(), ServiceError> {
    match project.change_refusal() {
        Some(refusal) => Err(AppError::Conflict(refusal.to_owned()).into()),
        None => Ok(()),
    }
}

/// # Errors
/// [`AppError::Forbidden`], with a row in the audit trail, where the actor is no admin of the project.
pub(super) fn admins_only(
    services: &Services,
    actor: &Actor,
    action: &str,
    project: &ProjectView,
    token: &TokenRow,
) -> Result<(), ServiceError> {
    if project.is_admin() {
        return Ok(());
    }
    let answer = AppError::Forbidden("Only a customer admin can disable or enable a token.".to_owned());
    let about = About {
        project_key: &project.key,
        token_id: Some(&token.id),
        login_name: Some(token.login_name.clone()),
        created_for: Some(token.created_for.email.clone()),
    };
    Err(access::denied(services, actor, &format!("{action}.denied"), about, answer))
}

/// Why a token is paused, as it is kept.
///
/// # Errors
/// The field `reason` where it is too long, or more than a line of text.
pub(super) fn parse_reason(reason: &str) -> Result<&str, ServiceError> {
    let reason = reason.trim();
    if reason.chars().count() > REASON_LENGTH {
        return Err(AppError::invalid("reason", format!("Use at most {REASON_LENGTH} characters.")).into());
    }
    if reason.contains(char::is_control) {
        return Err(AppError::invalid("reason", "Use one line of text, without control characters.").into());
    }
    if let Some(invisible) = reason.chars().find(|c| text::is_invisible(*c)) {
        let message =
            format!("This holds {}, a character that cannot be seen. Type the reason anew.", text::code_point(invisible));
        return Err(AppError::invalid("reason", message).into());
    }
    Ok(reason)
}

/// A token that the actor may change. Its methods run in a transaction that holds the project; each says whether there
/// was something to do.
pub(super) struct Change<'a> {
    pub services: &'a Services,
    pub actor: &'a Actor,
    pub project_key: &'a str,
    pub token: &'a TokenRow,
}

impl Change<'_> {
    /// Adds the products subscribed to since.
    pub async fn resync(&self, conn: &mut Conn) -> Result<bool, ServiceError> {
        let added: Vec<&str> = self.token.to_add.iter().map(String::as_str).collect();
        if added.is_empty() {
            return Ok(false);
        }
        store::add_products(conn, &self.token.id, &added, self.services.clock.now()).await?;
        self.record(conn, "token.resynced", format!("added {}", added.join(", "))).await?;
        Ok(true)
    }

    /// Pauses it, for a reason from [`parse_reason`].
    pub async fn disable(&self, conn: &mut Conn, reason: &str) -> Result<bool, ServiceError> {
        let is_done = store::disable(conn, &self.token.id, &self.actor.user_id, reason, self.services.clock.now()).await?;
        self.record_if(is_done, conn, "token.disabled", reason).await
    }

    /// Lets it work again.
    pub async fn enable(&self, conn: &mut Conn) -> Result<bool, ServiceError> {
        let is_done = store::enable(conn, &self.token.id).await?;
        self.record_if(is_done, conn, "token.enabled", "").await
    }

    /// Ends the former secret that an overlap keeps working.
    pub async fn end_overlap(&self, conn: &mut Conn) -> Result<bool, ServiceError> {
        let is_done = store::end_overlap(conn, &self.token.id).await?;
        self.record_if(is_done, conn, "token.overlap_ended", "").await
    }

    /// Removes it for good.
    pub async fn delete(&self, conn: &mut Conn) -> Result<bool, ServiceError> {
        let is_done = store::delete(conn, &self.token.id).await?;
        self.record_if(is_done, conn, "token.deleted", "").await
    }

    async fn record_if(&self, is_done: bool, conn: &mut Conn, action: &str, detail: &str) -> Result<bool, ServiceError> {
        if is_done {
            self.record(conn, action, detail.to_owned()).await?;
        }
        Ok(is_done)
    }

    /// Writes into the audit trail what was done.
    pub async fn record(&self, conn: &mut Conn, action: &str, detail: String) -> Result<(), ServiceError> {
        let row = AuditRow {
            project_key: Some(self.project_key.to_owned()),
            token_id: Some(self.token.id.clone()),
            login_name: Some(self.token.login_name.clone()),
            created_for: Some(self.token.created_for.email.clone()),
            detail,
            ..audit_row(&self.services.clock, &self.actor.email, action, &self.actor.origin)
        };
        audit::add(conn, &row).await?;
        Ok(())
    }
}
