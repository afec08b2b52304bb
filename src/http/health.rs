//! For whatever watches the server.

use axum::{extract::State, http::StatusCode};

use crate::server::state::AppState;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database has every migration and takes changes; otherwise why not.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, String) {
    match state.readiness.check(&state.db, &state.clock).await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}
