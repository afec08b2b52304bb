//! What a plain form was answered, where no script sent it. The page that answers shows it.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

use super::token::Overlap;

/// The server provides it as a context for the page that answers a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormAnswer {
    /// The query of the page that the form was on: the form's own address has none.
    pub query: Option<String>,
    /// A form of a dialog that was refused.
    pub refused: Option<RefusedForm>,
    /// A sign-in that was refused.
    pub sign_in: Option<RefusedSignIn>,
    /// What *Test this token* found.
    pub test: Option<TestResult>,
}

/// A form that was refused, with what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedForm {
    pub name: String,
    pub is_service: bool,
    pub service_user: String,
    pub reason: String,
    pub confirm: String,
    pub overlap: Overlap,
    pub error: AppError,
}

/// A sign-in that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedSignIn {
    pub email: String,
    /// Where to go after signing in.
    pub next: String,
    pub error: AppError,
}

/// What the registry would say of a pasted secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    pub is_good: bool,
    pub sentence: String,
}
