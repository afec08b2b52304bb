//! Answers to a registry's clients: always JSON, and kept by nobody.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A JSON body that no cache keeps.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

/// The registry's form of an error (Distribution, docs/spec/api): its clients print the message.
pub fn error(status: StatusCode, code: &str, message: &str) -> Response {
    json(status, &serde_json::json!({ "errors": [{ "code": code, "message": message }] }))
}

/// RFC 6749's form of an error, for what is wrong with the form of a `POST /token` itself.
pub fn oauth_error(code: &str, description: &str) -> Response {
    json(StatusCode::BAD_REQUEST, &serde_json::json!({ "error": code, "error_description": description }))
}
