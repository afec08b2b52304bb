//! What the registry's clients ask all day: who is this, and what may they pull?

pub mod credentials;
pub(super) mod identify;
mod journal;
mod opened;
mod question;
pub mod scope;
pub mod store;

use serde::Serialize;

use crate::models::repository;

use super::{
    client_info::ClientInfo, context::Services, crypto::keys::Keyring, error::ServiceError, id, throttle::Throttle,
    usage::UsageLog,
};

pub use question::{Answer, Question};

use identify::identify;
use question::{Bearer, Denial};
use scope::Scope;

/// A registry's clock may be behind ours by so many seconds.
const CLOCK_SKEW: i64 = 30;

/// What the token endpoint keeps in memory.
pub struct TokenEndpoint {
    pub keyring: Keyring,
    /// Failures.
    pub logins: Throttle,
    /// Granted pulls.
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

/// Decides one question with credentials.
pub async fn answer(services: &Services, endpoint: &TokenEndpoint, question: &Question) -> Result<Answer, ServiceError> {
    let now = services.clock.now();
    let login_name = question.credentials.login_name();
    match identify(services, &question.credentials, now).await? {
        Ok(bearer) => {
            let granted = grant(&bearer, &question.scopes);
            let expires_in = lifetime(services.config.token_lifetime, &bearer, &granted, now);
            let jwt = sign(services, &endpoint.keyring, login_name, &granted, now, expires_in)?;
            journal::answered(services, &endpoint.usage, &bearer, login_name, question, &granted, now);
            Ok(Answer::Granted { jwt, expires_in, scopes: granted })
        }
        Err(denial) => Ok(refuse(services, endpoint, denial, question)),
    }
}

/// Refuses a question whose header and form name different credentials. None of them is looked at, but the guess is counted
/// and written down as every other.
pub fn refuse_contradicting(services: &Services, endpoint: &TokenEndpoint, question: &Question) -> Answer {
    let denial = Denial { why: "header and form differ", token: None };
    refuse(services, endpoint, denial, question)
}

fn refuse(services: &Services, endpoint: &TokenEndpoint, denial: Denial, question: &Question) -> Answer {
    let login_name = question.credentials.login_name();
    if let Err(too_many) = endpoint.logins.count(&question.origin.address, login_name, services.clock.uptime()) {
        journal::throttled(services, denial, login_name, question, &too_many);
        return Answer::TooMany { after: too_many.after };
    }
    journal::refused(services, denial, login_name, question);
    Answer::Refused
}

/// Decides one without credentials: a JWT for nobody, that opens nothing. With it clients say "denied" instead of "cannot
/// log in". A question that asks for nothing (`is_login`) is refused.
pub fn anonymous(
    services: &Services,
    keyring: &Keyring,
    scopes: &[Scope],
    is_login: bool,
    origin: &ClientInfo,
) -> Result<Answer, ServiceError> {
    journal::anonymous(scopes, origin);
    // An empty JWT for nobody would let `docker login` say that it succeeded.
    if is_login {
        return Ok(Answer::Refused);
    }
    let (now, expires_in) = (services.clock.now(), services.config.token_lifetime);
    Ok(Answer::Granted { jwt: sign(services, keyring, "", &[], now, expires_in)?, expires_in, scopes: Vec::new() })
}

/// What is asked and allowed. Entries of which nothing is left are left out.
fn grant(bearer: &Bearer, asked: &[Scope]) -> Vec<Scope> {
    let allowed = |action: &String| action == "pull" || (bearer.may_push && action == "push");
    asked
        .iter()
        .filter(|scope| {
            scope.kind == "repository" && bearer.opens.iter().any(|(pattern, _)| repository::opens(pattern, &scope.name))
        })
        .map(|scope| Scope { actions: scope.actions.iter().filter(|action| allowed(action)).cloned().collect(), ..scope.clone() })
        .filter(|scope| !scope.actions.is_empty())
        .collect()
}

/// Seconds: as configured, but never past the end of a subscription that a granted repository needs.
fn lifetime(configured: i64, bearer: &Bearer, granted: &[Scope], now: i64) -> i64 {
    let last_days = granted.iter().filter_map(|scope| {
        let patterns = bearer.opens.iter().filter(|(pattern, _)| repository::opens(pattern, &scope.name));
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
