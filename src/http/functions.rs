//! The HTTP routes of the server functions.

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::{DefaultBodyLimit, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::{
    prelude::provide_context,
    server_fn::{Decodes, axum::server_fn_paths, error::FromServerFnError},
};

use crate::{
    api::client::BUILD,
    error::AppError,
    server::{error::status, state::AppState},
};

use super::assets::Assets;

/// The largest request body of a server function, in bytes: 10,000 token ids of 33 bytes, plus a margin.
const MAX_CALL: usize = 384 * 1024;

/// Registers each server function at its own path. Any other path gets the normal 404 page.
pub fn routes() -> Router<AppState> {
    server_fn_paths()
        .fold(Router::new(), |router, (path, _)| router.route(path, post(call)))
        .layer(DefaultBodyLimit::max(MAX_CALL))
}

/// `POST /api/…`. Refuses a page of another build before the function runs: it may encode the arguments differently.
async fn call(State(state): State<AppState>, Extension(assets): Extension<Assets>, request: Request) -> Response {
    if request.headers().get(BUILD).is_some_and(|build| build.as_bytes() != assets.files.wasm.as_bytes()) {
        let error = AppError::Updated { may_be_done: false };
        return (StatusCode::GONE, error.ser()).into_response();
    }
    let answer =
        leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await.into_response();
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    // Arguments that cannot be decoded never reach the function: leptos responds with 500, whatever the error.
    let (mut parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error: Result<AppError, _> = <AppError as FromServerFnError>::Encoder::decode(bytes.clone());
    if let Ok(error) = error {
        parts.status = status(&error);
    }
    Response::from_parts(parts, Body::from(bytes))
}
