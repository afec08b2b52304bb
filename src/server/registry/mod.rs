//! The token endpoint's decisions: who a registry's client is, and which scopes it gets.

pub(super) mod authenticate;
pub mod credentials;
pub(super) mod denial_reason;
mod journal;
mod opened;
pub mod scope;
pub mod store;
mod token_request;

use serde::Serialize;

use crate::models::repository;

use super::{
    client_info::ClientInfo, context::Services, crypto::keys::Keyring, error::ServiceError, id, rate_limiter::RateLimiter,
    usage::UsageLog,
};

pub use token_request::{Decision, TokenRequest};

use authenticate::authenticate;
use denial_reason::DenialReason;
use scope::Scope;
use token_request::{AuthenticatedToken, Denial};

/// Seconds by which a registry's clock may be behind ours.
const CLOCK_SKEW: i64 = 30;

/// The in-memory state of the token endpoint.
pub struct TokenEndpoint {
    pub keyring: Keyring,
    /// Counts failed logins.
    pub logins: RateLimiter,
    /// Counts granted pulls.
    pub usage: UsageLog,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: String,
    access: &'a [Scope],
}

/// Authenticates a request with credentials and grants scopes.
pub async fn decide(services: &Services, endpoint: &TokenEndpoint, request: &TokenRequest) -> Result<Decision, ServiceError> {
    let now = services.clock.now();
    let login_name = request.credentials.login_name();
    match authenticate(services, &request.credentials, now).await? {
        Ok(authenticated) => {
            let granted = grant(&authenticated, &request.scopes);
            let expires_in = lifetime(services.config.token_lifetime, &authenticated, &granted, now);
            let jwt = sign(services, &endpoint.keyring, login_name, &granted, now, expires_in)?;
            journal::granted(services, &endpoint.usage, &authenticated, login_name, request, &granted, now);
            Ok(Decision::Granted { jwt, expires_in, scopes: granted })
        }
        Err(denial) => Ok(refuse(services, endpoint, denial, request)),
    }
}

/// Refuses a request whose header and form contain different credentials. Neither is checked, but the attempt is counted and
/// audited like any other.
pub fn refuse_contradicting(services: &Services, endpoint: &TokenEndpoint, request: &TokenRequest) -> Decision {
    let denial = Denial { reason: DenialReason::Contradicting, token: None };
    refuse(services, endpoint, denial, request)
}

fn refuse(services: &Services, endpoint: &TokenEndpoint, denial: Denial, request: &TokenRequest) -> Decision {
    let login_name = request.credentials.login_name();
    if let Err(limited) = endpoint.logins.count(&request.origin.address, login_name, services.clock.uptime()) {
        journal::rate_limited(services, denial, login_name, request, &limited);
        return Decision::RateLimited { after: limited.after };
    }
    journal::refused(services, denial, login_name, request);
    Decision::Refused
}

/// Decides a request without credentials: returns an anonymous JWT that grants nothing. With it clients report "denied"
/// instead of "cannot log in". A request for no scope (`is_login`) is refused.
pub fn anonymous(
    services: &Services,
    keyring: &Keyring,
    scopes: &[Scope],
    is_login: bool,
    origin: &ClientInfo,
) -> Result<Decision, ServiceError> {
    journal::anonymous(scopes, origin);
    // With an empty anonymous JWT, `docker login` would report success.
    if is_login {
        return Ok(Decision::Refused);
    }
    let (now, expires_in) = (services.clock.now(), services.config.token_lifetime);
    Ok(Decision::Granted { jwt: sign(services, keyring, "", &[], now, expires_in)?, expires_in, scopes: Vec::new() })
}

/// The allowed part of the requested scopes. Scopes without an allowed action are omitted.
fn grant(authenticated: &AuthenticatedToken, asked: &[Scope]) -> Vec<Scope> {
    let allowed = |action: &String| action == "pull" || (authenticated.may_push && action == "push");
    asked
        .iter()
        .filter(|scope| {
            scope.kind == "repository" && authenticated.opens.iter().any(|(pattern, _)| repository::opens(pattern, &scope.name))
        })
        .map(|scope| Scope { actions: scope.actions.iter().filter(|action| allowed(action)).cloned().collect(), ..scope.clone() })
        .filter(|scope| !scope.actions.is_empty())
        .collect()
}

/// The JWT's lifetime in seconds: as configured, but never past the end of a subscription that a granted repository needs.
fn lifetime(configured: i64, authenticated: &AuthenticatedToken, granted: &[Scope], now: i64) -> i64 {
    let last_days = granted.iter().filter_map(|scope| {
        let patterns = authenticated.opens.iter().filter(|(pattern, _)| repository::opens(pattern, &scope.name));
        patterns.filter_map(|(_, last_day)| *last_day).max()
    });
    last_days.map(|day| day.end() - now).fold(configured, i64::min)
}

fn sign(
    services: &Services,
    keyring: &Keyring,
    subject: &str,
    access: &[Scope],
    now: i64,
    expires_in: i64,
) -> Result<String, ServiceError> {
    let claims = Claims {
        iss: &services.config.issuer,
        sub: subject,
        aud: &services.config.service,
        exp: now + expires_in,
        nbf: now - CLOCK_SKEW,
        iat: now,
        jti: id::new(services.clock.now_millis(), &services.random),
        access,
    };
    keyring.current().sign(&claims).map_err(ServiceError::Broken)
}
