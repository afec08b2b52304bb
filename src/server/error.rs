//! The errors of services.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::error::AppError;

use super::{audit::denials::Denied, context::Services, crypto::passwords::PasswordError, db::StoreError, id};

/// Refused by a rule, denied for a missing right, or failed with a cause for the log.
#[must_use]
#[derive(Debug)]
pub enum ServiceError {
    Refused(Refusal),
    /// A missing right or a wrong secret. The audit trail has an entry.
    Denied(Denied),
    Failed(StoreError),
    /// A fault outside the database.
    Broken(String),
}

/// A refusal by a rule. No right is missing, so the audit trail gets no entry. Forbidden and hidden things are no variants
/// here: they are [`Denied`], which only [`super::audit::denials::DenialLog::deny`] creates.
#[derive(Debug)]
pub enum Refusal {
    Unauthenticated,
    /// The page shows another user than the one who is signed in.
    OtherUser,
    /// The thing was deleted a moment ago, or cannot exist.
    Gone,
    /// `field` is the field's name in the form.
    Invalid {
        field: &'static str,
        message: String,
    },
    /// Another request was faster, or the current state does not allow it; the text says which.
    Conflict(String),
    /// Too many requests; retry after this many seconds.
    RateLimited {
        after: u32,
    },
}

impl Refusal {
    /// Creates a refusal of one form field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unauthenticated => Self::Unauthenticated,
            Refusal::OtherUser => Self::OtherUser,
            Refusal::Gone => Self::NotFound,
            Refusal::Invalid { field, message } => Self::invalid(field, message),
            Refusal::Conflict(why) => Self::Conflict(why),
            Refusal::RateLimited { after } => Self::RateLimited { after },
        }
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Denied> for ServiceError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
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
            PasswordError::Overloaded { after } => Self::Refused(Refusal::RateLimited { after }),
            PasswordError::Broken(cause) => Self::Broken(cause),
        }
    }
}

impl ServiceError {
    /// Converts to the client's error. Logs an internal cause once, under the request id that the client sees.
    pub fn into_app_error(self, services: &Services) -> AppError {
        match self {
            Self::Refused(refusal) => refusal.into(),
            Self::Denied(denied) => denied.into_app_error(),
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
        StoreError::Unconfirmed(cause) => {
            tracing::error!(request.id = request_id, error = %cause, "database.unconfirmed");
            AppError::Unconfirmed
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

/// Sets `Retry-After` for [`AppError::RateLimited`].
pub fn set_retry_after(response: &mut Response, error: &AppError) {
    if let AppError::RateLimited { after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, (*after).into());
    }
}

/// Responds with the message as plain text, for requests of neither a page nor a registry's client.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = (status(&self), self.to_string()).into_response();
        set_retry_after(&mut response, &self);
        response
    }
}
