//! Changes to tokens with their rows in the audit trail: what is done to one token and to many is the same.

use std::collections::BTreeSet;

use crate::{
    error::AppError,
    models::{project::ProjectView, text},
    server::{
        state::AppState,
        store::{Conn, audit, audit::AuditRow, token_changes},
    },
};

use super::{
    Actor, ServiceError,
    access::{self, About},
    audit::row as audit_row,
    authorized_token::{self, AuthorizedToken},
};

/// The longest reason, in characters.
const REASON_LENGTH: usize = 200;

/// A token to change, with its project.
pub(super) struct Found {
    pub project: ProjectView,
    pub token: AuthorizedToken,
}

impl Found {
    pub fn change<'a>(&'a self, state: &'a AppState, actor: &'a Actor) -> Change<'a> {
        Change { state, actor, project_key: &self.project.key, tokens: std::slice::from_ref(&self.token) }
    }
}

/// The token with this id, if the actor may change it. One they may not see answers as one that does not exist.
pub(super) async fn find(
    state: &AppState,
    conn: &mut Conn,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    action: &str,
) -> Result<Found, ServiceError> {
    let (project, mut tokens) =
        authorized_token::lock(state, conn, actor, project_key, &BTreeSet::from([token_id]), action).await?;
    let token = tokens.pop().ok_or(AppError::NotFound)?;
    Ok(Found { project, token })
}

/// # Errors
/// [`AppError::Forbidden`], with a row in the audit trail, where the actor is no admin of the project.
pub(super) fn admins_only(
    state: &AppState,
    actor: &Actor,
    action: &str,
    project: &ProjectView,
    token: &AuthorizedToken,
) -> Result<(), ServiceError> {
    if project.is_admin() {
        return Ok(());
    }
    let answer = AppError::Forbidden("Only a customer admin can disable or enable a token.".to_owned());
    let about = About {
        project_key: &project.key,
        token_id: Some(&token.id),
        login_name: Some(token.login_name.clone()),
        created_for: Some(token.created_for.clone()),
    };
    Err(access::denied(state, actor, &format!("{action}.denied"), about, answer))
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

/// Tokens that the actor may change, one or many. Its methods run in a transaction that holds the project.
pub(super) struct Change<'a> {
    pub state: &'a AppState,
    pub actor: &'a Actor,
    pub project_key: &'a str,
    pub tokens: &'a [AuthorizedToken],
}

/// The ids of the tokens that were changed; of the others there was nothing to do.
pub(super) type Changed = BTreeSet<String>;

impl Change<'_> {
    /// Adds the products subscribed to since.
    pub async fn resync(&self, conn: &mut Conn) -> Result<Changed, ServiceError> {
        let changed: Vec<&AuthorizedToken> = self.tokens.iter().filter(|token| !token.to_add.is_empty()).collect();
        let products: Vec<(&str, &str)> =
            changed.iter().flat_map(|token| token.to_add.iter().map(|key| (token.id.as_str(), key.as_str()))).collect();
        token_changes::add_products(conn, &products, self.state.clock.now()).await?;
        let changed = changed.iter().map(|token| token.id.clone()).collect();
        self.record(conn, changed, "token.resynced", |token| format!("added {}", token.to_add.join(", "))).await
    }

    /// Pauses them, for a reason from [`parse_reason`].
    pub async fn disable(&self, conn: &mut Conn, reason: &str) -> Result<Changed, ServiceError> {
        let now = self.state.clock.now();
        let changed = token_changes::disable(conn, &self.ids(), &self.actor.user_id, reason, now).await?;
        self.record(conn, changed, "token.disabled", |_| reason.to_owned()).await
    }

    /// Lets them work again.
    pub async fn enable(&self, conn: &mut Conn) -> Result<Changed, ServiceError> {
        let changed = token_changes::enable(conn, &self.ids()).await?;
        self.record(conn, changed, "token.enabled", |_| String::new()).await
    }

    /// Ends former secrets that an overlap keeps working.
    pub async fn end_overlap(&self, conn: &mut Conn) -> Result<Changed, ServiceError> {
        let changed = token_changes::end_overlap(conn, &self.ids()).await?;
        self.record(conn, changed, "token.overlap_ended", |_| String::new()).await
    }

    /// Removes them for good.
    pub async fn delete(&self, conn: &mut Conn) -> Result<Changed, ServiceError> {
        let changed = token_changes::delete(conn, &self.ids()).await?;
        self.record(conn, changed, "token.deleted", |_| String::new()).await
    }

    fn ids(&self) -> Vec<&str> {
        self.tokens.iter().map(|token| token.id.as_str()).collect()
    }

    /// Writes into the audit trail what was done, a row a token.
    pub async fn record(
        &self,
        conn: &mut Conn,
        changed: Vec<String>,
        action: &str,
        detail: impl Fn(&AuthorizedToken) -> String,
    ) -> Result<Changed, ServiceError> {
        let changed = Changed::from_iter(changed);
        let rows: Vec<AuditRow> = self
            .tokens
            .iter()
            .filter(|token| changed.contains(&token.id))
            .map(|token| AuditRow {
                project_key: Some(self.project_key.to_owned()),
                token_id: Some(token.id.clone()),
                login_name: Some(token.login_name.clone()),
                created_for: Some(token.created_for.clone()),
                detail: detail(token),
                ..audit_row(self.state, &self.actor.email, action, &self.actor.origin)
            })
            .collect();
        audit::add_all(conn, &rows).await?;
        Ok(changed)
    }
}
