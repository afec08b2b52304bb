//! The public keys, for Distribution 3.x and any other verifier of our JWTs.

use axum::{Json, extract::State, http::header, response::IntoResponse};

use crate::server::state::AppState;

/// `GET /.well-known/jwks.json`
pub async fn jwks(State(state): State<AppState>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(state.token_endpoint.keyring.current().jwks.clone()))
}
