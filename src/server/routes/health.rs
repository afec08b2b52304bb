//! For whatever watches the server.

use axum::{extract::State, http::StatusCode};

use crate::server::state::AppState;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and has every migration.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.db.is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "database not ready\n")
    }
}
