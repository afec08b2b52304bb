//! Responds to a registry's client that uses the portal's host as the registry (`docker login PORTAL`), and names the real
//! registry.

use axum::{Router, extract::State, http::StatusCode, response::Response, routing::any};

use crate::server::state::AppState;

use super::registry_error::error;

/// All paths of the registry API: version 2, and version 1, which old clients try next.
pub fn routes() -> Router<AppState> {
    ["/v1", "/v1/", "/v1/{*rest}", "/v2", "/v2/", "/v2/{*rest}"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route(path, any(not_found)))
}

/// Responds in the registry's error format to every method: docker, skopeo and helm print the message.
async fn not_found(State(state): State<AppState>) -> Response {
    let registry = &state.config.registry;
    let message = format!(
        "This is the portal for registry tokens, not the registry. The registry is {registry}: \
         use docker login {registry}, and {registry} in the names of images."
    );
    error(StatusCode::NOT_FOUND, "UNSUPPORTED", &message)
}
