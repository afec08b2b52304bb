//! Publishers: created and deleted by the operator on the command line, never in the portal.

pub mod store;

use crate::models::{audit::ChangeAction, repository::RepositoryPattern};

use super::{
    audit::store::AuditEntry,
    client_info::ClientInfo,
    context::Services,
    crypto::secret::PlainSecret,
    db::{Constraint, StoreError},
    error::{Refusal, ServiceError},
    registry::credentials,
};

/// Creates a publisher that may pull from and push to these repositories (comma-separated patterns). Returns its login name
/// and its secret.
///
/// # Errors
/// A text for the operator.
pub async fn create(services: &Services, name: &str, repositories: &str) -> Result<(String, PlainSecret), ServiceError> {
    let login_name = parse_name(name)?;
    let patterns = repositories
        .split(',')
        .map(str::trim)
        .filter(|pattern| !pattern.is_empty())
        .map(|pattern| RepositoryPattern::parse(pattern).map(|pattern| pattern.as_str().to_owned()))
        .collect::<Result<std::collections::BTreeSet<_>, _>>()
        .map_err(|message| Refusal::invalid("repositories", message))?;
    if patterns.is_empty() {
        return Err(Refusal::invalid("repositories", "name at least one repository, such as 'wso2-apim/*'").into());
    }
    let patterns: Vec<String> = patterns.into_iter().collect();
    let secret = PlainSecret::generate(&services.random);
    let mut tx = services.db.begin().await?;
    match store::create(&mut tx, &login_name, &services.hasher.hash_new(&secret), &patterns, services.clock.now()).await {
        Err(StoreError::Conflict(Constraint::PublisherLoginName)) => {
            return Err(Refusal::Conflict(format!("there is a publisher {login_name} already: delete it first")).into());
        }
        other => other?,
    }
    let entry = services.audit_entry("operator", ChangeAction::PublisherCreated, &ClientInfo::command_line());
    tx.commit(AuditEntry { login_name: Some(login_name.clone()), detail: patterns.join(", "), ..entry }).await?;
    Ok((login_name, secret))
}

/// Deletes a publisher; its secret is invalid at once.
///
/// # Errors
/// A text for the operator if the name is unknown.
pub async fn delete(services: &Services, name: &str) -> Result<(), ServiceError> {
    let login_name = credentials::trim(name).to_lowercase();
    let mut tx = services.db.begin().await?;
    if !store::delete(&mut tx, &login_name).await? {
        return Err(Refusal::Conflict(format!("there is no publisher {login_name}")).into());
    }
    let entry = services.audit_entry("operator", ChangeAction::PublisherDeleted, &ClientInfo::command_line());
    tx.commit(AuditEntry { login_name: Some(login_name), ..entry }).await?;
    Ok(())
}

/// Checks a publisher's login name. It has no dot, so that it never equals a token's login name (`project.token`).
fn parse_name(name: &str) -> Result<String, Refusal> {
    let good = (1..=64).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if good {
        Ok(name.to_lowercase())
    } else {
        Err(Refusal::invalid("name", format!("{name:?} is not a name of up to 64 letters, digits, dashes and underscores")))
    }
}
