//! Who calls a server function, and how it answers; on the server only.

use std::sync::{Arc, OnceLock};

use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{
    error::AppError,
    server::{
        actor::Actor,
        error::{ServiceError, status},
        request::session,
        state::AppState,
    },
};

/// The first error of a page that the server renders. It is shown in place of the page: a context of pages, not of calls.
#[derive(Clone, Debug, Default)]
pub struct PageError(pub Arc<OnceLock<AppError>>);

/// The state and the user behind this call.
///
/// # Errors
/// [`AppError::Unauthenticated`] where nobody is signed in.
pub async fn caller() -> Result<(AppState, Actor), AppError> {
    let missing = || AppError::Internal { request_id: "no request".to_owned() };
    let state = use_context::<AppState>().ok_or_else(missing)?;
    let parts = use_context::<Parts>().ok_or_else(missing)?;
    let found = session::actor(&state, &state.unreadable_proxies, &parts).await;
    let actor = respond(&state, found)?;
    Ok((state, actor))
}

/// The one place where a service's outcome becomes an answer: a call's has the HTTP status of its error.
pub fn respond<T>(state: &AppState, outcome: Result<T, ServiceError>) -> Result<T, AppError> {
    match outcome {
        Ok(value) => Ok(value),
        Err(failure) => {
            let error = failure.into_app_error(state);
            if let Some(PageError(first)) = use_context() {
                let _ = first.set(error.clone());
            } else if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(status(&error));
            }
            Err(error)
        }
    }
}
