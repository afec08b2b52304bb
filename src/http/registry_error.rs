//! Responses to a registry's clients: always JSON, never cached.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A JSON response that must not be cached.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

/// An error in the registry's format (Distribution, docs/spec/api): clients print the message.
pub fn error(status: StatusCode, code: &str, message: &str) -> Response {
    json(status, &serde_json::json!({ "errors": [{ "code": code, "message": message }] }))
}

/// An error in the format of RFC 6749, for an invalid form of a `POST /token`.
pub fn oauth_error(code: &str, description: &str) -> Response {
    json(StatusCode::BAD_REQUEST, &serde_json::json!({ "error": code, "error_description": description }))
}
