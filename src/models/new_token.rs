//! The request for a new token.

use serde::{Deserialize, Serialize};

use super::token::TokenType;

/// The fields of the *Generate Token* dialog, with their names in its form. The dialog's form, the server function and a refused
/// form pass it on as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewTokenRequest {
    pub name: String,
    pub kind: TokenType,
    /// The service user's e-mail, for a Service token. A form without a choice sends an empty one.
    pub service_user: Option<String>,
}
