//! What is asked at the token endpoint, who asks, and what is answered.

use crate::server::{client_info::ClientInfo, clock::Day};

use super::{credentials::Credentials, scope::Scope, store::CredentialRecord};

/// A question as the token endpoint parsed it.
pub struct Question {
    pub credentials: Credentials,
    pub scopes: Vec<Scope>,
    pub origin: ClientInfo,
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
pub(in crate::server) struct TokenFacts {
    pub id: String,
    pub project_key: String,
    pub created_for: Option<String>,
}

/// Somebody whose secret is right, and what it opens today.
pub(in crate::server) struct Bearer {
    /// `None` of a publisher.
    pub token: Option<TokenFacts>,
    /// Pattern and last day.
    pub opens: Vec<(String, Option<Day>)>,
    pub may_push: bool,
}

/// Why nobody was found behind the credentials. For the audit trail, never for the client.
pub(in crate::server) struct Denial {
    pub why: &'static str,
    pub token: Option<Box<CredentialRecord>>,
}
