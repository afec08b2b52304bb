//! Why a service did not do what was asked.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::error::AppError;

use super::{context::Services, crypto::passwords::PasswordError, db::StoreError, id};

/// Refused by a rule, with words for the person; or failed, with a cause for the log. A refusal for want of a right is made by
/// [`super::audit::denials::DenialLog::deny`], which records it.
#[must_use]
#[derive(Debug)]
pub enum ServiceError {
    Refused(AppError),
    Failed(StoreError),
    /// A fault outside the database.
    Broken(String),
}

impl From<AppError> for ServiceError {
    fn from(refusal: AppError) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for ServiceError {
    fn from(cause: StoreError) -> Self {
        Self::Failed(cause)
    }
}

impl From<PasswordError> for ServiceError {
    fn from(cause: PasswordError) -> Self {
        match cause {
            PasswordError::Overloaded { after } => Self::Refused(AppError::RateLimited { after }),
            PasswordError::Broken(cause) => Self::Broken(cause),
        }
    }
}

impl ServiceError {
    /// What the client is told. A cause goes to the log, once, under the id that the client sees.
    pub fn into_app_error(self, services: &Services) -> AppError {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Failed(cause) => log_failure(services, cause),
            Self::Broken(cause) => {
                let request_id = id::new(services.clock.now_millis(), &services.random);
                tracing::error!(request.id = request_id, error = %cause, "request.failed");
                AppError::Internal { request_id }
            }
        }
    }
}

fn log_failure(services: &Services, cause: StoreError) -> AppError {
    let request_id = id::new(services.clock.now_millis(), &services.random);
    match cause {
        StoreError::Unavailable(why, cause) => {
            tracing::error!(request.id = request_id, reason = why.sentence(), error = %cause, "database.unavailable");
            AppError::Unavailable
        }
        cause => {
            tracing::error!(request.id = request_id, error = %cause, "request.failed");
            AppError::Internal { request_id }
        }
    }
}

/// The HTTP status of an error.
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Its words as plain text, where no page and no registry's client asked.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (status(&self), self.to_string()).into_response()
    }
}
