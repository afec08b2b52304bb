//! HTTP: which path answers what, and what every answer carries.

pub mod assets;
mod csv;
mod events;
mod forms;
mod health;
mod keys;
pub mod logo;
pub mod pages;
mod registry_token;
mod security;
pub mod session;
mod sign_in;
pub mod theme;
mod token_details;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use leptos::server_fn::axum::server_fn_paths;

use tower_http::compression::CompressionLayer;

use super::state::AppState;

/// The largest body that a form may send, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The largest body that a server function may be called with, in bytes: 10,000 token ids of 33, and some to spare.
const LARGEST_CALL: usize = 384 * 1024;

/// Every route of the server.
///
/// # Errors
/// One line where the portal's address is not an origin.
pub fn router(state: AppState, assets: assets::Assets) -> Result<Router, String> {
    // Rendering spawns tasks. A second router of this process, as in tests, finds the executor set already.
    let _ = any_spawner::Executor::init_tokio();
    let portal = Router::new()
        .route("/", get(pages::my_projects))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/theme", post(theme::submit))
        .route("/projects/{key}/registry-tokens", get(pages::registry_tokens))
        .route("/projects/{key}/registry-tokens.csv", get(csv::export))
        .route("/projects/{key}/registry-tokens/events", get(events::follow))
        .route("/projects/{key}/registry-tokens/{action}", get(forms::back).post(forms::submit))
        .route("/projects/{key}/tokens/{name}", get(token_details::page))
        .route("/projects/{key}/tokens/{name}/test", get(token_details::back).post(token_details::test))
        .merge(functions())
        .fallback(pages::not_found)
        // Pages and lists; what is built stands compressed on the disk, and a stream of events is left as it is.
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), security::private))
        .layer(security::cross_site(&state.config)?);
    Ok(Router::new()
        .route("/token", any(registry_token::answer))
        .route("/token/", any(registry_token::not_found))
        .route("/token/{*rest}", any(registry_token::not_found))
        .route("/.well-known/jwks.json", get(keys::jwks))
        .route(logo::ADDRESS, get(logo::send))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .nest_service("/pkg", assets.immutable())
        .nest_service("/assets", assets.public())
        .merge(portal)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(after_panic))
        .layer(axum::Extension(assets))
        .with_state(state))
}

/// The browser's calls, each at a path of its own: one that is no function is not found, like every other path.
fn functions() -> Router<AppState> {
    server_fn_paths()
        .fold(Router::new(), |router, (path, _)| router.route(path, post(pages::server_function)))
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
}

/// JSON for everyone: a registry's client may be the one that asked.
fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("request.panicked");
    let body = r#"{"errors":[{"code":"UNKNOWN","message":"Something went wrong on our side."}]}"#;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    #[test]
    fn the_answer_after_a_panic_is_json_and_kept_by_nobody() {
        let answer = super::after_panic(Box::new("a bug"));
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    }
}
