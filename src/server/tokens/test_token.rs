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

use super::details::visible_token;

/// Checks a pasted login name and secret like the registry does, for a user who may see the token: whether the secret is
/// correct, and what it opens. Of a token that the user may see, it writes neither counts nor audit entries.
///
/// # Errors
/// [`crate::error::AppError::NotFound`] if the actor may not see the page's token.
pub async fn test(
    services: &Services,
    actor: &Actor,
    project_key: &str,
    name: &str,
    credentials: &Credentials,
) -> Result<TestResult, ServiceError> {
    let result = |is_good, sentence| Ok(TestResult { is_good, sentence });
    let now = services.clock.now();
    let (_, token) = visible_token(services, &mut services.db.reader(), actor, project_key, name, Day::of(now)).await?;
    let secret = credentials.secret();
    if credentials.login_name() != token.login_name {
        return result(false, format!("That is not the login name of this token, which is {}.", token.login_name));
    }
    if !secret::is_well_formed(secret) {
        let sentence =
            "That is not a whole token secret: it was mistyped or cut. A secret starts with wrt_ and has 43 characters.";
        return result(false, sentence.to_owned());
    }
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
            let opens = match &patterns[..] {
                [] => "Its products have no repository yet.".to_owned(),
                patterns => format!("It opens {}.", in_words(patterns)),
            };
            result(true, format!("{which} {opens}"))
        }
        Err(denial) => {
            let sentence = match denial.reason {
                DenialReason::WrongSecret | DenialReason::UnknownName | DenialReason::UnknownNameOrWrongSecret => {
                    "The secret is wrong: it is well-formed, but not the one of this token. It may have been re-generated."
                }
                DenialReason::Expired => "The secret is right, but no subscription to the token's products is running.",
                DenialReason::Disabled => "The secret is right, but the token is disabled.",
                reason => {
                    return result(false, format!("The secret is right, but the registry refuses it: {}.", reason.in_words()));
                }
            };
            result(false, sentence.to_owned())
        }
    }
}

/// The end of a former secret's overlap (Unix seconds); `None` for the current secret. A separate query, because only this
/// test needs it, and the query of every pull stays small.
async fn former_until(services: &Services, login_name: &str, secret: &str, now: i64) -> Result<Option<i64>, ServiceError> {
    let records = store::credentials(&services.db, login_name, &Day::of(now).to_string()).await?;
    let mut former = records.iter().filter_map(|record| Some((record.secret_expires_at?, &record.secret_hash)));
    Ok(former.find(|(_, hash)| matches(services, secret, Some(hash))).map(|(ends, _)| ends))
}
