//! The caller and the response of a server function; on the server only.

use std::sync::{Arc, OnceLock};

use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{
    api::client::USER,
    error::AppError,
    server::{
        actor::Actor,
        error::{Refusal, ServiceError, status},
        request::session,
        state::AppState,
    },
};

/// The first error while the server renders a page. The error page replaces the page. This context exists only while a page is
/// rendered, not for calls from the browser.
#[derive(Clone, Debug, Default)]
pub struct PageError(pub Arc<OnceLock<AppError>>);

/// Returns the state and the user of this call.
///
/// # Errors
/// [`AppError::Unauthenticated`] if no user is signed in, [`AppError::OtherUser`] if the page shows another user.
pub async fn caller() -> Result<(AppState, Actor), AppError> {
    let missing = || AppError::Internal { request_id: "no request".to_owned() };
    let state = use_context::<AppState>().ok_or_else(missing)?;
    let parts = use_context::<Parts>().ok_or_else(missing)?;
    let found = session::actor(&state, &state.unreadable_proxies, &parts).await;
    let actor = respond(&state, found)?;
    if parts.headers.get(USER).is_some_and(|user| user.as_bytes() != actor.user_id.as_bytes()) {
        return respond(&state, Err(Refusal::OtherUser.into()));
    }
    Ok((state, actor))
}

/// Converts the outcome of a service into the response of a server function. For a call from the browser it sets the HTTP status
/// of the error. All server functions use it.
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
