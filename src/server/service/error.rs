//! Why a service did not do what was asked.

use crate::{
    error::AppError,
    server::{id, state::AppState, store::StoreError},
};

/// Refused by a rule, with words for the person; or failed, with a cause for the log. A refusal for want of a right is made by
/// [`super::denials::deny`], which records it.
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

impl ServiceError {
    /// What the client is told. A cause goes to the log, once, under the id that the client sees.
    pub fn answer(self, state: &AppState) -> AppError {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Failed(cause) => log_failure(state, cause),
            Self::Broken(cause) => {
                let request_id = id::new(state.clock.now_millis(), &state.random);
                tracing::error!(request.id = request_id, error = %cause, "request.failed");
                AppError::Internal { request_id }
            }
        }
    }
}

fn log_failure(state: &AppState, cause: StoreError) -> AppError {
    let request_id = id::new(state.clock.now_millis(), &state.random);
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
