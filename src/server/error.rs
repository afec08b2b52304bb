//! Why a service did not do what was asked.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::error::AppError;

use super::{audit::denials::Denied, context::Services, crypto::passwords::PasswordError, db::StoreError, id};

/// Refused by a rule, denied for want of a right, or failed with a cause for the log.
#[must_use]
#[derive(Debug)]
pub enum ServiceError {
    Refused(Refusal),
    /// For want of a right, or of the right secret. It is in the audit trail.
    Denied(Denied),
    Failed(StoreError),
    /// A fault outside the database.
    Broken(String),
}

/// A refusal by a rule. No right is missing, so the audit trail gets no entry. There is no `Forbidden` and no hidden thing among
/// them: those are [`Denied`], which only [`super::audit::denials::DenialLog::deny`] makes.
#[derive(Debug)]
pub enum Refusal {
    Unauthenticated,
    /// It was there a moment ago, or no such thing can be.
    Gone,
    /// `field` is the field's name in the form.
    Invalid {
        field: &'static str,
        message: String,
    },
    /// Somebody else was quicker, or the state of things does not allow it; the text says which.
    Conflict(String),
    /// Too many at a time; try again after this many seconds.
    RateLimited {
        after: u32,
    },
}

impl Refusal {
    /// A refusal at one field of a form.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unauthenticated => Self::Unauthenticated,
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
    /// What the client is told. A cause goes to the log, once, under the id that the client sees.
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

/// Says when a client may try again, where the error knows.
pub fn set_retry_after(response: &mut Response, error: &AppError) {
    if let AppError::RateLimited { after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, (*after).into());
    }
}

/// Its words as plain text, where no page and no registry's client asked.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = (status(&self), self.to_string()).into_response();
        set_retry_after(&mut response, &self);
        response
    }
}
