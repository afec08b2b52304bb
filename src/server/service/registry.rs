//! What the registry's clients ask all day: who is this, and what may they pull?

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    models::{disabled::DisabledBecause, form_answer::TestResult, moment::utc, words::in_words},
    server::{
        clock::Day,
        id, secret,
        state::AppState,
        store::{
            publishers,
            tokens::{self, CredentialRecord},
        },
    },
};

use super::{
    Actor, Origin, ServiceError,
    credentials::Credentials,
    opened::opened,
    registry_trail::{self, Denial},
    repository,
    scope::Scope,
    token_details,
};

/// A registry's clock may be behind ours by so many seconds.
const CLOCK_SKEW: i64 = 30;

/// A question as the token endpoint parsed it.
pub struct Question {
    pub credentials: Credentials,
    pub scopes: Vec<Scope>,
    pub origin: Origin,
}

/// The answer.
pub enum Answer {
    Granted {
        jwt: String,
        expires_in: i64,
        scopes: Vec<Scope>,
    },
    /// Wrong, unknown, ended, disabled: to the outside all the same.
    Refused,
    /// Wrong, and too often; again after so many seconds.
    TooMany {
        after: u32,
    },
}

/// A token as the audit trail and the log name it.
pub(super) struct TokenFacts {
    pub id: String,
    pub project_key: String,
    pub created_for: Option<String>,
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

/// Somebody whose secret is right, and what it opens today.
pub(super) struct Bearer {
    /// `None` of a publisher.
    pub token: Option<TokenFacts>,
    /// Pattern and last day.
    opens: Vec<(String, Option<Day>)>,
    may_push: bool,
}

/// Decides one question with credentials.
pub async fn answer(state: &AppState, question: &Question) -> Result<Answer, ServiceError> {
    let now = state.clock.now();
    let login_name = question.credentials.login_name();
    match identify(state, &question.credentials, now).await? {
        Ok(bearer) => {
            let granted = grant(&bearer, &question.scopes);
            let expires_in = lifetime(state.config.token_lifetime, &bearer, &granted, now);
            let jwt = sign(state, login_name, &granted, now, expires_in)?;
            registry_trail::answered(state, &bearer, login_name, question, &granted, now);
            Ok(Answer::Granted { jwt, expires_in, scopes: granted })
        }
        Err(denial) => Ok(refuse(state, denial, question)),
    }
}

/// Refuses a question whose header and form name different credentials. None of them is looked at, but the guess is counted
/// and written down as every other.
pub fn refuse_contradicting(state: &AppState, question: &Question) -> Answer {
    let denial = Denial { why: "header and form differ", token: None };
    refuse(state, denial, question)
}

fn refuse(state: &AppState, denial: Denial, question: &Question) -> Answer {
    let login_name = question.credentials.login_name();
    if let Err(too_many) = state.logins.count(&question.origin.address, login_name, state.clock.uptime()) {
        registry_trail::throttled(state, denial, login_name, question, &too_many);
        return Answer::TooMany { after: too_many.after };
    }
    registry_trail::refused(state, denial, login_name, question);
    Answer::Refused
}

/// Decides one without credentials: a JWT for nobody, that opens nothing. With it clients say "denied" instead of "cannot
/// log in". A question that asks for nothing (`is_login`) is refused.
pub fn anonymous(state: &AppState, scopes: &[Scope], is_login: bool, origin: &Origin) -> Result<Answer, ServiceError> {
    registry_trail::anonymous(scopes, origin);
    // An empty JWT for nobody would let `docker login` say that it succeeded.
    if is_login {
        return Ok(Answer::Refused);
    }
    let (now, expires_in) = (state.clock.now(), state.config.token_lifetime);
    Ok(Answer::Granted { jwt: sign(state, "", &[], now, expires_in)?, expires_in, scopes: Vec::new() })
}

async fn identify(state: &AppState, credentials: &Credentials, now: i64) -> Result<Result<Bearer, Denial>, ServiceError> {
    let (login_name, secret) = (credentials.login_name(), credentials.secret());
    if !login_name.contains('.') {
        let records = publishers::credentials(&mut state.db.reader(), login_name).await?;
        let hash = records.first().map(|record| record.secret_hash.as_str());
        return Ok(if matches(state, secret, hash) {
            let opens = records.into_iter().map(|record| (record.pattern, None)).collect();
            Ok(Bearer { token: None, opens, may_push: true })
        } else {
            Err(Denial { why: "unknown name or wrong secret", token: None })
        });
    }
    let today = Day::of(now);
    let records = tokens::credentials(&state.db, login_name, &today.to_string()).await?;
    Ok(judge(state, records, secret, today))
}

fn judge(state: &AppState, records: Vec<CredentialRecord>, secret: &str, today: Day) -> Result<Bearer, Denial> {
    let now = state.expiry_now();
    // Each live secret is compared once, and one of nobody's where there is none: known or unknown take the same work.
    let mut hashes: Vec<&str> = records
        .iter()
        .filter(|record| record.secret_expires_at.is_none_or(|ends| ends > now))
        .map(|record| record.secret_hash.as_str())
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    let opened = opened(&records, today);
    let is_right = match hashes[..] {
        [] => matches(state, secret, None),
        _ => hashes.iter().any(|hash| matches(state, secret, Some(hash))),
    };
    let why = match records.first() {
        None => Some("unknown name"),
        Some(_) if !is_right => Some("wrong secret"),
        Some(token) => {
            match DisabledBecause::of(token.disabled_at.is_some(), token.owner_active != 0, token.owner_present != 0) {
                Some(DisabledBecause::Paused) => Some("disabled"),
                Some(DisabledBecause::OwnerDeactivated) => Some("owner deactivated"),
                Some(DisabledBecause::OwnerLeft) => Some("owner left the project"),
                None if opened.is_none() => Some("expired"),
                None => None,
            }
        }
    };
    if let Some(why) = why {
        return Err(Denial { why, token: records.into_iter().next().map(Box::new) });
    }
    Ok(Bearer {
        token: records.first().map(|record| TokenFacts {
            id: record.token_id.clone(),
            project_key: record.project_key.clone(),
            created_for: record.created_for.clone(),
        }),
        opens: opened.unwrap_or_default(),
        may_push: false,
    })
}

fn matches(state: &AppState, secret: &str, hash: Option<&str>) -> bool {
    const NOBODYS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
    state.hasher.matches(secret, hash.unwrap_or(NOBODYS)) && hash.is_some()
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

fn sign(state: &AppState, subject: &str, access: &[Scope], now: i64, expires_in: i64) -> Result<String, ServiceError> {
    let claims = Claims {
        iss: &state.config.issuer,
        sub: subject,
        aud: &state.config.service,
        exp: now + expires_in,
        nbf: now - CLOCK_SKEW,
        iat: now,
        jti: id::new(state.clock.now_millis(), &state.random),
        access,
    };
    state.keyring.current().sign(&claims).map_err(ServiceError::Broken)
}

/// Says of a pasted login name and secret what the registry would, to somebody who may see that token: whether the
/// secret is right, and what it opens. Nothing is counted or written down.
///
/// # Errors
/// [`crate::error::AppError::NotFound`] where the actor may not see the token of the page.
pub async fn test(
    state: &AppState,
    actor: &Actor,
    project_key: &str,
    name: &str,
    credentials: &Credentials,
) -> Result<TestResult, ServiceError> {
    let result = |is_good, sentence| Ok(TestResult { is_good, sentence });
    let token = token_details::details(state, actor, project_key, name).await?.token;
    let secret = credentials.secret();
    if credentials.login_name() != token.login_name {
        return result(false, format!("That is not the login name of this token, which is {}.", token.login_name));
    }
    if !secret::is_well_formed(secret) {
        let sentence =
            "That is not a whole token secret: it was mistyped or cut. A secret starts with wrt_ and has 43 characters.";
        return result(false, sentence.to_owned());
    }
    let now = state.clock.now();
    match identify(state, credentials, now).await? {
        Ok(bearer) => {
            let patterns: BTreeSet<&str> = bearer.opens.iter().map(|(pattern, _)| pattern.as_str()).collect();
            let patterns: Vec<&str> = patterns.into_iter().collect();
            let which = match former_until(state, &token.login_name, secret, now).await? {
                None => "The secret is right.".to_owned(),
                Some(ends) => {
                    format!("The secret is the former one, and works until {}: put the new one in its place.", utc(ends))
                }
            };
            result(true, format!("{which} It opens {}.", in_words(&patterns)))
        }
        Err(denial) => {
            let sentence = match denial.why {
                "wrong secret" => {
                    "The secret is wrong: it is well-formed, but not the one of this token. It may have been re-generated."
                }
                "expired" => "The secret is right, but no subscription to the token's products is running.",
                "disabled" => "The secret is right, but the token is disabled.",
                why => return result(false, format!("The secret is right, but the registry refuses it: {why}.")),
            };
            result(false, sentence.to_owned())
        }
    }
}

/// Until when a secret works (Unix seconds), where it is one that was re-generated since. Read by itself: only a person's test
/// asks for it, and what is asked at every pull carries nothing for it.
async fn former_until(state: &AppState, login_name: &str, secret: &str, now: i64) -> Result<Option<i64>, ServiceError> {
    let records = tokens::credentials(&state.db, login_name, &Day::of(now).to_string()).await?;
    let mut former = records.iter().filter_map(|record| Some((record.secret_expires_at?, &record.secret_hash)));
    Ok(former.find(|(_, hash)| matches(state, secret, Some(hash))).map(|(ends, _)| ends))
}
