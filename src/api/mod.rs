//! Server functions: what the browser may ask of the server. Each gets the actor first, then calls one service.

pub mod tokens;

#[cfg(feature = "ssr")]
mod context {
    use axum::http::{StatusCode, request::Parts};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    use crate::{
        error::AppError,
        server::{
            routes::session,
            service::{Actor, ServiceError},
            state::AppState,
        },
    };

    /// The state and the person behind this call.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] where nobody is signed in.
    pub async fn caller() -> Result<(AppState, Actor), AppError> {
        let missing = || AppError::Internal { request_id: "no request".to_owned() };
        let state = use_context::<AppState>().ok_or_else(missing)?;
        let parts = use_context::<Parts>().ok_or_else(missing)?;
        let found = session::actor(&state, &parts).await;
        let actor = settle(&state, found).await?;
        Ok((state, actor))
    }

    /// The one place where a service's outcome becomes an answer with its HTTP status.
    pub async fn settle<T>(state: &AppState, outcome: Result<T, ServiceError>) -> Result<T, AppError> {
        match outcome {
            Ok(value) => Ok(value),
            Err(failure) => {
                let error = failure.answer(state).await;
                if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status())) {
                    response.set_status(status);
                }
                Err(error)
            }
        }
    }
}
