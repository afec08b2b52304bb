//! A request to the token endpoint, the decision, and who is behind the credentials.

use crate::server::{client_info::ClientInfo, clock::Day};

use super::{credentials::Credentials, denial_reason::DenialReason, scope::Scope, store::CredentialRecord};

/// A token request with credentials, parsed.
pub struct TokenRequest {
    pub credentials: Credentials,
    pub scopes: Vec<Scope>,
    pub origin: ClientInfo,
}

/// The decision.
pub enum Decision {
    Granted {
        jwt: String,
        expires_in: i64,
        scopes: Vec<Scope>,
    },
    /// Wrong, unknown, expired, disabled: the client gets the same answer.
    Refused,
    /// Refused too often; try again after this many seconds.
    RateLimited {
        after: u32,
    },
}

/// A token as the audit trail and the log name it.
pub(in crate::server) struct TokenFacts {
    pub id: String,
    pub project_key: String,
    pub created_for: Option<String>,
}

/// A token or a publisher whose secret is right, and what it opens today.
pub(in crate::server) struct AuthenticatedToken {
    /// `None` of a publisher.
    pub token: Option<TokenFacts>,
    /// Pattern and last day.
    pub opens: Vec<(String, Option<Day>)>,
    pub may_push: bool,
}

/// Why the credentials were refused. For the audit trail, never for the client.
pub(in crate::server) struct Denial {
    pub reason: DenialReason,
    pub token: Option<Box<CredentialRecord>>,
}
