//! Records decisions of the token endpoint: audit entries, log lines and pull counts.

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

/// Maximum number of characters stored of an unknown login name; a known one is shorter.
const NAME_LENGTH: usize = 150;

/// Maximum number of characters stored and logged of the requested scopes.
const SCOPES_LENGTH: usize = 500;

/// Records a request with a correct secret: counts a granted pull, and writes one audit entry for the scopes and actions that
/// were requested but not granted.
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
    let unopened: Vec<Scope> = request.scopes.iter().filter_map(|asked| asked.without(granted)).collect();
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

/// Records a request without credentials. It gets a JWT that grants nothing; a request for no scope is refused.
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

/// Records a denied login.
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

/// Records a login above the rate limit. Only the first of a window gets an audit entry, so that an attacker cannot fill the
/// disk; each gets a log line. A right secret always gets one (repeated ones are summed): the owner must learn that it fails.
pub(super) fn rate_limited(services: &Services, denial: Denial, login_name: &str, request: &TokenRequest, limited: &RateLimited) {
    let origin = &request.origin;
    let is_right = denial.reason.is_of_right_secret();
    let detail = if is_right { denial.reason.throttled() } else { limited.to_string() };
    let row = AuditEntry { detail, ..row(services, DenialAction::RegistryThrottled, &denial, login_name, origin) };
    tracing::warn!(
        token.id = row.token_id,
        decision = "too many failures",
        scopes.asked = scope::line(&request.scopes, SCOPES_LENGTH),
        scopes.granted = "",
        client.address = origin.address,
        user_agent.original = origin.client,
        "registry.throttled"
    );
    if limited.is_first || is_right {
        services.denials.record(row);
    }
}

fn row(services: &Services, action: DenialAction, denial: &Denial, login_name: &str, origin: &ClientInfo) -> DenialEntry {
    let token = denial.token.as_deref();
    AuditEntry {
        project_key: token.map(|token| token.project_key.clone()),
        token_id: token.map(|token| token.token_id.clone()),
        created_for: token.and_then(|token| token.created_for.clone()),
        // The name of an existing token is trusted.
        login_name: Some(if token.is_some() {
            login_name.to_owned()
        } else {
            audit::sanitize_untrusted(login_name, NAME_LENGTH)
        }),
        ..services.audit_entry("registry", action, origin)
    }
}
