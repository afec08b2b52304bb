//! Why a service did not do what was asked.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::error::AppError;

use super::{audit::store::AuditRow, context::Services, crypto::passwords::PasswordError, db::StoreError, id};

/// Refused by a rule, with words for the person; or failed, with a cause for the log.
#[derive(Debug)]
pub enum ServiceError {
    Refused(AppError),
    /// Refused for want of a right: the row tells the audit trail.
    Denied(Box<AuditRow>, AppError),
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
    /// What the client is told. It waits for nothing: a denial goes to the audit trail in the background. A cause goes to the log,
    /// once, under the id that the client sees.
    pub fn answer(self, services: &Services) -> AppError {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Denied(row, answer) => {
                services.denials.record(*row);
                answer
            }
            Self::Failed(cause) => log_failure(services, cause),
            Self::Broken(cause) => {
                let request_id = id::new(services.clock.now_millis());
                tracing::error!(request.id = request_id, error = %cause, "request.failed");
                AppError::Internal { request_id }
            }
        }
    }
}

fn log_failure(services: &Services, cause: StoreError) -> AppError {
    let request_id = id::new(services.clock.now_millis());
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
