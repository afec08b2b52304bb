//! What a registry's client is told that takes the portal for the registry (`docker login PORTAL`): where the registry is.

use axum::{Router, extract::State, http::StatusCode, response::Response, routing::any};

use crate::server::state::AppState;

use super::registry_error::error;

/// Everything below the roots of a registry's interface: version 2, and version 1, which old clients try after it.
pub fn routes() -> Router<AppState> {
    ["/v1", "/v1/", "/v1/{*rest}", "/v2", "/v2/", "/v2/{*rest}"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route(path, any(not_found)))
}

/// In the registry's form, whatever the method: docker, skopeo and helm print the message.
async fn not_found(State(state): State<AppState>) -> Response {
    let registry = &state.config.registry;
    let message = format!(
        "This is the portal for registry tokens, not the registry. The registry is {registry}: \
         use docker login {registry}, and {registry} in the names of images."
    );
    error(StatusCode::NOT_FOUND, "UNSUPPORTED", &message)
}
