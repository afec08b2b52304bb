//! Health checks for monitoring.

use axum::{extract::State, http::StatusCode};

use crate::server::state::AppState;

/// Liveness: responds as long as the process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Readiness: the database has every migration and accepts writes. Otherwise 503 with the reason.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, String) {
    match state.readiness.check(&state.db, &state.clock).await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}
