//! What a decision of the token endpoint leaves behind: a row of the audit trail, a line of the log.

use crate::server::{
    state::AppState,
    store::{audit::AuditRow, tokens::CredentialRecord},
    throttle::TooMany,
};

use super::{Origin, ServiceError, audit};

/// So many characters are kept of a login name that may be anybody's; one that exists is shorter.
const NAME_LENGTH: usize = 150;

/// Why nobody was found behind the credentials. For the audit trail, never for the client.
pub(super) struct Denial {
    pub why: &'static str,
    pub token: Option<Box<CredentialRecord>>,
}

/// A login that was refused.
pub(super) async fn refused(state: &AppState, denial: Denial, login_name: &str, origin: &Origin) -> Result<(), ServiceError> {
    let row = AuditRow { detail: denial.why.to_owned(), ..row(state, "registry.login.denied", &denial, login_name, origin) };
    audit::write(state, &row).await?;
    tracing::info!(token.id = row.token_id, decision = denial.why, client = origin.client, "registry.refused");
    Ok(())
}

/// A login that was not even refused, for there were too many. The first of a window leaves a row, the rest lines of the
/// log: a stranger must not be able to fill the disk.
pub(super) async fn throttled(
    state: &AppState,
    denial: Denial,
    login_name: &str,
    origin: &Origin,
    too_many: &TooMany,
) -> Result<(), ServiceError> {
    let row = AuditRow { detail: too_many.to_string(), ..row(state, "registry.throttled.denied", &denial, login_name, origin) };
    if too_many.is_first {
        audit::write(state, &row).await?;
    }
    tracing::warn!(token.id = row.token_id, token.login_name = row.login_name, "registry.throttled");
    Ok(())
}

fn row(state: &AppState, action: &str, denial: &Denial, login_name: &str, origin: &Origin) -> AuditRow {
    let token = denial.token.as_deref();
    AuditRow {
        project_key: token.map(|token| token.project_key.clone()),
        token_id: token.map(|token| token.token_id.clone()),
        created_for: token.and_then(|token| token.created_for.clone()),
        // The name of a token that exists is none that somebody made up.
        login_name: Some(if token.is_some() { login_name.to_owned() } else { audit::typed(login_name, NAME_LENGTH) }),
        ..audit::row(state, "registry", action, origin)
    }
}
