//! What a decision of the token endpoint leaves behind: a row of the audit trail, a line of the log, a pull
//! counted.

use crate::{
    models::audit::DenialAction,
    server::{
        audit::{
            self,
            store::{AuditEntry, DenialEntry},
        },
        client_info::ClientInfo,
        context::Services,
        rate_limiter::RateLimited,
        usage::UsageLog,
    },
};

use super::{
    scope::{self, Scope},
    token_request::{AuthenticatedToken, Denial, TokenRequest},
};

/// At most this many characters are stored of an unknown login name; a known one is shorter.
const NAME_LENGTH: usize = 150;

/// At most this many characters are stored and logged of the requested scopes.
const SCOPES_LENGTH: usize = 500;

/// A right secret: counts a granted pull; writes down, in one row, the repositories that were asked for and not opened.
pub(super) fn granted(
    services: &Services,
    usage: &UsageLog,
    authenticated: &AuthenticatedToken,
    login_name: &str,
    request: &TokenRequest,
    granted: &[Scope],
    now: i64,
) {
    let ClientInfo { address, client } = &request.origin;
    let token = authenticated.token.as_ref();
    if let Some(token) = token.filter(|_| !granted.is_empty()) {
        usage.count(&token.id, now, address, client);
    }
    let is_granted = |asked: &Scope| granted.iter().any(|granted| granted.kind == asked.kind && granted.name == asked.name);
    let unopened: Vec<Scope> = request.scopes.iter().filter(|asked| !is_granted(asked)).cloned().collect();
    if !unopened.is_empty() {
        let row = AuditEntry {
            project_key: token.map(|token| token.project_key.clone()),
            token_id: token.map(|token| token.id.clone()),
            created_for: token.and_then(|token| token.created_for.clone()),
            login_name: Some(login_name.to_owned()),
            detail: scope::line(&unopened, SCOPES_LENGTH),
            ..services.audit_entry("registry", DenialAction::RegistryAccess, &request.origin)
        };
        services.denials.record(row);
    }
    tracing::info!(
        token.id = token.map(|token| &token.id),
        publisher.name = token.is_none().then_some(login_name),
        decision = "granted",
        scopes.asked = scope::line(&request.scopes, SCOPES_LENGTH),
        scopes.granted = scope::line(granted, SCOPES_LENGTH),
        client.address = address,
        user_agent.original = client,
        "registry.answered"
    );
}

/// A request without credentials: answered with a JWT that opens nothing or, where nothing was asked for, refused.
pub(super) fn anonymous(scopes: &[Scope], origin: &ClientInfo) {
    tracing::info!(
        decision = "anonymous",
        scopes.asked = scope::line(scopes, SCOPES_LENGTH),
        scopes.granted = "",
        client.address = origin.address,
        user_agent.original = origin.client,
        "registry.answered"
    );
}

/// A login that was refused.
pub(super) fn refused(services: &Services, denial: Denial, login_name: &str, request: &TokenRequest) {
    let origin = &request.origin;
    let row = AuditEntry {
        detail: denial.reason.as_str().to_owned(),
        ..row(services, DenialAction::RegistryLogin, &denial, login_name, origin)
    };
    tracing::info!(
        token.id = row.token_id,
        decision = denial.reason.as_str(),
        scopes.asked = scope::line(&request.scopes, SCOPES_LENGTH),
        scopes.granted = "",
        client.address = origin.address,
        user_agent.original = origin.client,
        "registry.refused"
    );
    services.denials.record(row);
}

/// A login that was not even refused, for there were too many. The first of a window leaves a row, the rest lines of the
/// log: a stranger must not be able to fill the disk.
pub(super) fn rate_limited(services: &Services, denial: Denial, login_name: &str, request: &TokenRequest, limited: &RateLimited) {
    let origin = &request.origin;
    let row =
        AuditEntry { detail: limited.to_string(), ..row(services, DenialAction::RegistryThrottled, &denial, login_name, origin) };
    tracing::warn!(
        token.id = row.token_id,
        decision = "too many failures",
        scopes.asked = scope::line(&request.scopes, SCOPES_LENGTH),
        scopes.granted = "",
        client.address = origin.address,
        user_agent.original = origin.client,
        "registry.throttled"
    );
    if limited.is_first {
        services.denials.record(row);
    }
}

fn row(services: &Services, action: DenialAction, denial: &Denial, login_name: &str, origin: &ClientInfo) -> DenialEntry {
    let token = denial.token.as_deref();
    AuditEntry {
        project_key: token.map(|token| token.project_key.clone()),
        token_id: token.map(|token| token.token_id.clone()),
        created_for: token.and_then(|token| token.created_for.clone()),
        // The name of a token that exists is none that somebody made up.
        login_name: Some(if token.is_some() {
            login_name.to_owned()
        } else {
            audit::sanitize_untrusted(login_name, NAME_LENGTH)
        }),
        ..services.audit_entry("registry", action, origin)
    }
}
