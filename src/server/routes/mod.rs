//! HTTP: which path answers what, and what every answer carries.

pub mod assets;
mod csv;
mod forms;
mod health;
mod keys;
pub mod pages;
mod registry_token;
mod security;
pub mod session;
mod sign_in;
mod token_details;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};

use super::state::AppState;

/// The largest body that a form or a server function may send, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// Every route of the server.
///
/// # Errors
/// One line where the site's files are missing.
pub fn router(state: AppState) -> Result<Router, String> {
    let assets = assets::Assets::find(&state.config.leptos)?;
    // Rendering spawns tasks. A second router of this process, as in tests, finds the executor set already.
    let _ = any_spawner::Executor::init_tokio();
    let portal = Router::new()
        .route("/", get(pages::my_projects))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/projects/{key}/registry-tokens", get(pages::registry_tokens))
        .route("/projects/{key}/registry-tokens.csv", get(csv::export))
        .route("/projects/{key}/registry-tokens/{action}", get(forms::back).post(forms::submit))
        .route("/projects/{key}/tokens/{name}", get(token_details::page))
        .route("/projects/{key}/tokens/{name}/test", post(token_details::test))
        .route("/api/{*function}", post(pages::server_function))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), security::private))
        .layer(security::cross_site(&state.config)?);
    Ok(Router::new()
        .route("/token", any(registry_token::answer))
        .route("/.well-known/jwks.json", get(keys::jwks))
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

/// JSON for everyone: a registry's client may be the one that asked.
fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("request.panicked");
    let body = r#"{"errors":[{"code":"UNKNOWN","message":"Something went wrong on our side."}]}"#;
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
