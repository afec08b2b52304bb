//! Publishers: made and removed by the operator, never in the portal.

use crate::{
    error::AppError,
    models::audit::ChangeAction,
    server::{
        secret::PlainSecret,
        state::AppState,
        store::{Constraint, StoreError, audit::AuditEntry, publishers},
    },
};

use super::{Origin, ServiceError, audit, credentials, repository::RepositoryPattern};

/// Makes a publisher that may pull from and push to these repositories (patterns parted by commas). Returns its login
/// name and its secret.
///
/// # Errors
/// A text for the operator.
pub async fn create(state: &AppState, name: &str, repositories: &str) -> Result<(String, PlainSecret), ServiceError> {
    let login_name = parse_name(name)?;
    let patterns = repositories
        .split(',')
        .map(str::trim)
        .filter(|pattern| !pattern.is_empty())
        .map(|pattern| RepositoryPattern::parse(pattern).map(|pattern| pattern.as_str().to_owned()))
        .collect::<Result<std::collections::BTreeSet<_>, _>>()
        .map_err(|message| AppError::invalid("repositories", message))?;
    if patterns.is_empty() {
        return Err(AppError::invalid("repositories", "name at least one repository, such as 'wso2-apim/*'").into());
    }
    let patterns: Vec<String> = patterns.into_iter().collect();
    let secret = state.random.secret();
    let mut tx = state.db.begin().await?;
    match publishers::create(&mut tx, &login_name, &state.hasher.hash_new(&secret), &patterns, state.clock.now()).await {
        Err(StoreError::Conflict(Constraint::PublisherLoginName)) => {
            return Err(AppError::Conflict(format!("there is a publisher {login_name} already: delete it first")).into());
        }
        other => other?,
    }
    let entry = audit::entry(state, "operator", ChangeAction::PublisherCreated, &Origin::command_line());
    tx.commit(AuditEntry { login_name: Some(login_name.clone()), detail: patterns.join(", "), ..entry }).await?;
    Ok((login_name, secret))
}

/// Removes a publisher; its secret ends at once.
///
/// # Errors
/// A text for the operator where there is none of this name.
pub async fn delete(state: &AppState, name: &str) -> Result<(), ServiceError> {
    let login_name = credentials::trim(name).to_lowercase();
    let mut tx = state.db.begin().await?;
    if !publishers::delete(&mut tx, &login_name).await? {
        return Err(AppError::Conflict(format!("there is no publisher {login_name}")).into());
    }
    let entry = audit::entry(state, "operator", ChangeAction::PublisherDeleted, &Origin::command_line());
    tx.commit(AuditEntry { login_name: Some(login_name), ..entry }).await?;
    Ok(())
}

/// A publisher's login name has no dot, so that it is never a customer's (`project.token`).
fn parse_name(name: &str) -> Result<String, AppError> {
    let good = (1..=64).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if good {
        Ok(name.to_lowercase())
    } else {
        Err(AppError::invalid("name", format!("{name:?} is not a name of up to 64 letters, digits, dashes and underscores")))
    }
}
