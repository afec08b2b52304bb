//! The token endpoint's types: request, decision, and the owner of the credentials.

use crate::server::{client_info::ClientInfo, clock::Day};

use super::{credentials::Credentials, denial_reason::DenialReason, scope::Scope, store::CredentialRecord};

/// A token request with credentials, parsed.
pub struct TokenRequest {
    pub credentials: Credentials,
    pub scopes: Vec<Scope>,
    pub origin: ClientInfo,
}

/// The decision about a token request.
pub enum Decision {
    Granted {
        jwt: String,
        expires_in: i64,
        scopes: Vec<Scope>,
    },
    /// Wrong secret, unknown name, expired or disabled: the client gets the same response for each.
    Refused,
    /// Too many failures; retry after this many seconds.
    RateLimited {
        after: u32,
    },
}

/// What the audit trail and the log record of a token.
pub(in crate::server) struct TokenFacts {
    pub id: String,
    pub project_key: String,
    pub created_for: Option<String>,
}

/// An authenticated token or publisher, and the repositories it opens today.
pub(in crate::server) struct AuthenticatedToken {
    /// `None` for a publisher.
    pub token: Option<TokenFacts>,
    /// Pattern and last day of access (`None` for a publisher).
    pub opens: Vec<(String, Option<Day>)>,
    pub may_push: bool,
}

/// Why the credentials were denied. For the audit trail, never for the client.
pub(in crate::server) struct Denial {
    pub reason: DenialReason,
    pub token: Option<Box<CredentialRecord>>,
}
