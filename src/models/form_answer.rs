//! The server's response to a form post without JavaScript. The page in the response shows it.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

use super::{new_token::NewTokenRequest, token::Overlap};

/// The response to a form post. The server provides it as a context for the page in the response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormAnswer {
    /// The query of the page that contained the form; the form's own address has no query.
    pub query: Option<String>,
    /// A dialog's form that was refused.
    pub refused: Option<RefusedForm>,
    /// A sign-in that was refused.
    pub sign_in: Option<RefusedSignIn>,
    /// The result of *Test this token*.
    pub test: Option<TestResult>,
}

/// A refused form, with the user's input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedForm {
    pub new_token: NewTokenRequest,
    pub reason: String,
    pub confirm: String,
    pub overlap: Overlap,
    pub error: AppError,
}

/// A sign-in that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedSignIn {
    pub email: String,
    /// The path to open after signing in.
    pub next: String,
    pub error: AppError,
}

/// The registry's verdict on a pasted secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    pub is_good: bool,
    pub sentence: String,
}
