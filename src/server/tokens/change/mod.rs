//! Changes to tokens with their audit entries. The code is the same for one token and for many.

pub(super) mod authorized_token;
pub mod store;

use std::collections::BTreeSet;

use crate::{
    models::{confirmation, project::ProjectView, secret_text::contains_token_secret, text, token_action::TokenAction},
    server::{
        actor::Actor,
        audit::{
            Tx,
            store::{AuditEntry, ChangeEntry},
        },
        context::Services,
        error::{Refusal, ServiceError},
    },
};

use super::rows;
use authorized_token::AuthorizedToken;

/// Maximum length of a reason, in characters.
const REASON_LENGTH: usize = 200;

/// A token to change, with its project.
pub(super) struct Authorized {
    pub project: ProjectView,
    pub token: AuthorizedToken,
}

impl Authorized {
    pub fn change<'a>(&'a self, services: &'a Services, actor: &'a Actor) -> Change<'a> {
        Change { services, actor, project_key: &self.project.key, tokens: std::slice::from_ref(&self.token) }
    }
}

/// The token with this id, if the actor may change it. The response is the same for a hidden token and one that does not
/// exist.
pub(super) async fn authorize_token(
    services: &Services,
    tx: &mut Tx,
    actor: &Actor,
    project_key: &str,
    token_id: &str,
    action: TokenAction,
) -> Result<Authorized, ServiceError> {
    let (project, mut tokens) =
        authorized_token::lock_project(services, tx, actor, project_key, &BTreeSet::from([token_id]), action).await?;
    let token = tokens.pop().ok_or(Refusal::Gone)?;
    Ok(Authorized { project, token })
}

/// Checks the confirmation of a deletion. `all` is the total number of tokens, of which these may be a chunk. Unused tokens
/// need no confirmation.
///
/// # Errors
/// The field `confirm`.
pub(super) async fn confirmed(
    services: &Services,
    tx: &mut Tx,
    tokens: &[AuthorizedToken],
    all: usize,
    typed: &str,
) -> Result<(), ServiceError> {
    let name = tokens.first().map(|token| token.name.as_str()).unwrap_or_default();
    let Some(refusal) = confirmation::refusal(typed, all.max(tokens.len()), name) else { return Ok(()) };
    let ids: Vec<&str> = tokens.iter().map(|token| token.id.as_str()).collect();
    let since = rows::pulls_since(services.clock.today()).to_string();
    match store::are_in_use(tx, &ids, &since).await? {
        true => Err(Refusal::invalid("confirm", refusal).into()),
        false => Ok(()),
    }
}

/// Parses the reason why a token is disabled.
///
/// # Errors
/// The field `reason` if it is too long, holds a token secret, or has control or invisible characters.
pub(super) fn parse_reason(reason: &str) -> Result<&str, ServiceError> {
    let reason = reason.trim();
    if reason.chars().count() > REASON_LENGTH {
        return Err(Refusal::invalid("reason", format!("Use at most {REASON_LENGTH} characters.")).into());
    }
    if contains_token_secret(reason) {
        let message = "This holds wrt_, the start of a token secret. Leave the secret out: everybody who sees the token can read the reason.";
        return Err(Refusal::invalid("reason", message).into());
    }
    if reason.contains(char::is_control) {
        return Err(Refusal::invalid("reason", "Use one line of text, without control characters.").into());
    }
    if let Some(invisible) = reason.chars().find(|c| text::is_invisible(*c)) {
        let message =
            format!("This holds {}, a character that cannot be seen. Type the reason anew.", text::code_point(invisible));
        return Err(Refusal::invalid("reason", message).into());
    }
    Ok(reason)
}

/// One or many tokens that the actor may change. Its methods need a transaction that has locked the project.
pub(super) struct Change<'a> {
    pub services: &'a Services,
    pub actor: &'a Actor,
    pub project_key: &'a str,
    pub tokens: &'a [AuthorizedToken],
}

/// One audit entry per changed token. Tokens without an entry needed no change.
pub(super) type Done = Vec<ChangeEntry>;

impl Change<'_> {
    /// Adds the subscribed products that the tokens do not have yet.
    pub async fn resync(&self, tx: &mut Tx) -> Result<Done, ServiceError> {
        let changed: Vec<&AuthorizedToken> = self.tokens.iter().filter(|token| !token.products_to_add.is_empty()).collect();
        let products: Vec<(&str, &str)> =
            changed.iter().flat_map(|token| token.products_to_add.iter().map(|key| (token.id.as_str(), key.as_str()))).collect();
        store::add_products(tx, &products, self.services.clock.now()).await?;
        let changed = changed.iter().map(|token| token.id.clone()).collect();
        Ok(self.entries(changed, TokenAction::Resync, |token| format!("added {}", token.products_to_add.join(", "))))
    }

    /// Disables the tokens, for a reason from [`parse_reason`].
    pub async fn disable(&self, tx: &mut Tx, reason: &str) -> Result<Done, ServiceError> {
        let now = self.services.clock.now();
        let changed = store::disable(tx, &self.ids(), &self.actor.user_id, reason, now).await?;
        Ok(self.entries(changed, TokenAction::Disable, |_| reason.to_owned()))
    }

    /// Enables the tokens.
    pub async fn enable(&self, tx: &mut Tx) -> Result<Done, ServiceError> {
        let changed = store::enable(tx, &self.ids()).await?;
        Ok(self.entries(changed, TokenAction::Enable, |_| String::new()))
    }

    /// Ends the overlaps of the tokens.
    pub async fn end_overlap(&self, tx: &mut Tx) -> Result<Done, ServiceError> {
        let changed = store::end_overlap(tx, &self.ids(), self.services.expiry_now()).await?;
        Ok(self.entries(changed, TokenAction::EndOverlap, |_| String::new()))
    }

    /// Deletes the tokens permanently.
    pub async fn delete(&self, tx: &mut Tx) -> Result<Done, ServiceError> {
        let changed = store::delete(tx, &self.ids()).await?;
        Ok(self.entries(changed, TokenAction::Delete, |_| String::new()))
    }

    fn ids(&self) -> Vec<&str> {
        self.tokens.iter().map(|token| token.id.as_str()).collect()
    }

    fn entries(&self, changed: Vec<String>, action: TokenAction, detail: impl Fn(&AuthorizedToken) -> String) -> Done {
        let changed = BTreeSet::from_iter(changed);
        let tokens = self.tokens.iter().filter(|token| changed.contains(&token.id));
        tokens.map(|token| self.entry(token, action, detail(token))).collect()
    }

    /// The audit entry for a change to one of the tokens.
    pub fn entry(&self, token: &AuthorizedToken, action: TokenAction, detail: String) -> ChangeEntry {
        AuditEntry {
            project_key: Some(self.project_key.to_owned()),
            token_id: Some(token.id.clone()),
            login_name: Some(token.login_name.clone()),
            created_for: Some(token.created_for.clone()),
            detail,
            ..self.services.audit_entry(&self.actor.email, action.done(), &self.actor.origin)
        }
    }
}
