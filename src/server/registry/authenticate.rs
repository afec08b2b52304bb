//! Authenticates a login name and a secret.

use crate::{
    models::{disabled::DisabledBecause, token::Overlap},
    server::{clock::Day, context::Services, error::ServiceError},
};

use super::{
    credentials::Credentials,
    denial_reason::DenialReason,
    opened::opened,
    store::{self, CredentialRecord},
    token_request::{AuthenticatedToken, Denial, TokenFacts},
};

/// Authenticates credentials. `now` is in Unix seconds.
pub(in crate::server) async fn authenticate(
    services: &Services,
    credentials: &Credentials,
    now: i64,
) -> Result<Result<AuthenticatedToken, Denial>, ServiceError> {
    let (login_name, secret) = (credentials.login_name(), credentials.secret());
    if !login_name.contains('.') {
        let records = store::publisher_credentials(&mut services.db.reader(), login_name).await?;
        let hash = records.first().map(|record| record.secret_hash.as_str());
        return Ok(if matches(services, secret, hash) {
            let opens = records.into_iter().map(|record| (record.pattern, None)).collect();
            Ok(AuthenticatedToken { token: None, opens, may_push: true })
        } else {
            Err(Denial { reason: DenialReason::UnknownNameOrWrongSecret, token: None })
        });
    }
    let today = Day::of(now);
    let records = store::credentials(&services.db, login_name, &today.to_string()).await?;
    Ok(check_credentials(services, records, secret, today))
}

fn check_credentials(
    services: &Services,
    records: Vec<CredentialRecord>,
    secret: &str,
    today: Day,
) -> Result<AuthenticatedToken, Denial> {
    let now = services.expiry_now();
    // Compare each valid secret once, or a dummy hash if there is none: known and unknown names take the same time.
    let mut hashes: Vec<&str> = records
        .iter()
        .filter(|record| record.secret_expires_at.is_none_or(|ends| Overlap::is_running(ends, now)))
        .map(|record| record.secret_hash.as_str())
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    let opened = opened(&records, today);
    let is_right = match hashes[..] {
        [] => matches(services, secret, None),
        _ => hashes.iter().any(|hash| matches(services, secret, Some(hash))),
    };
    let reason = match records.first() {
        None => Some(DenialReason::UnknownName),
        Some(_) if !is_right => Some(DenialReason::WrongSecret),
        Some(token) => {
            let because = DisabledBecause::of(token.disabled_at.is_some(), token.owner_active != 0, token.owner_present != 0);
            because.map(DenialReason::from).or_else(|| opened.is_none().then_some(DenialReason::Expired))
        }
    };
    if let Some(reason) = reason {
        return Err(Denial { reason, token: records.into_iter().next().map(Box::new) });
    }
    Ok(AuthenticatedToken {
        token: records.first().map(|record| TokenFacts {
            id: record.token_id.clone(),
            project_key: record.project_key.clone(),
            created_for: record.created_for.clone(),
        }),
        opens: opened.unwrap_or_default(),
        may_push: false,
    })
}

/// Compares a secret with a hash, or with a dummy hash: known and unknown names take the same time.
pub(in crate::server) fn matches(services: &Services, secret: &str, hash: Option<&str>) -> bool {
    const DUMMY_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";
    services.hasher.matches(secret, hash.unwrap_or(DUMMY_HASH)) && hash.is_some()
}
