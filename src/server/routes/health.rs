//! For whatever watches the server.

use axum::{extract::State, http::StatusCode};

use crate::server::{service::readiness, state::AppState};

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database has every migration and takes changes; otherwise why not.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, String) {
    match readiness::check(&state).await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}
