//! *Test this token*.

use std::collections::BTreeSet;

use crate::{
    models::{form_answer::TestResult, moment::utc, words::in_words},
    server::{
        actor::Actor,
        clock::Day,
        context::Services,
        crypto::secret,
        error::ServiceError,
        registry::{
            authenticate::{authenticate, matches},
            credentials::Credentials,
            denial_reason::DenialReason,
            store,
        },
    },
};

use super::details;

/// Says of a pasted login name and secret what the registry would, to somebody who may see that token: whether the
/// secret is right, and what it opens. Nothing is counted or written down.
///
/// # Errors
/// [`crate::error::AppError::NotFound`] where the actor may not see the token of the page.
pub async fn test(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    name: &str,
    credentials: &Credentials,
) -> Result<TestResult, ServiceError> {
    let result = |is_good, sentence| Ok(TestResult { is_good, sentence });
    let token = details::details(services, actor, project_key, name).await?.token;
    let secret = credentials.secret();
    if credentials.login_name() != token.login_name {
        return result(false, format!("That is not the login name of this token, which is {}.", token.login_name));
    }
    if !secret::is_well_formed(secret) {
        let sentence =
            "That is not a whole token secret: it was mistyped or cut. A secret starts with wrt_ and has 43 characters.";
        return result(false, sentence.to_owned());
    }
    let now = services.clock.now();
    match authenticate(services, credentials, now).await? {
        Ok(authenticated) => {
            let patterns: BTreeSet<&str> = authenticated.opens.iter().map(|(pattern, _)| pattern.as_str()).collect();
            let patterns: Vec<&str> = patterns.into_iter().collect();
            let which = match former_until(services, &token.login_name, secret, now).await? {
                None => "The secret is right.".to_owned(),
                Some(ends) => {
                    format!("The secret is the former one, and works until {}: put the new one in its place.", utc(ends))
                }
            };
            result(true, format!("{which} It opens {}.", in_words(&patterns)))
        }
        Err(denial) => {
            let sentence = match denial.reason {
                DenialReason::WrongSecret | DenialReason::UnknownName | DenialReason::UnknownNameOrWrongSecret => {
                    "The secret is wrong: it is well-formed, but not the one of this token. It may have been re-generated."
                }
                DenialReason::Expired => "The secret is right, but no subscription to the token's products is running.",
                DenialReason::Disabled => "The secret is right, but the token is disabled.",
                reason @ (DenialReason::OwnerDeactivated | DenialReason::OwnerLeft | DenialReason::Contradicting) => {
                    return result(false, format!("The secret is right, but the registry refuses it: {}.", reason.as_str()));
                }
            };
            result(false, sentence.to_owned())
        }
    }
}

/// Until when a secret works (Unix seconds), where it is one that was re-generated since. Read by itself: only a user's test
/// asks for it, and what is asked at every pull carries nothing for it.
async fn former_until(services: &Services, login_name: &str, secret: &str, now: i64) -> Result<Option<i64>, ServiceError> {
    let records = store::credentials(&services.db, login_name, &Day::of(now).to_string()).await?;
    let mut former = records.iter().filter_map(|record| Some((record.secret_expires_at?, &record.secret_hash)));
    Ok(former.find(|(_, hash)| matches(services, secret, Some(hash))).map(|(ends, _)| ends))
}
