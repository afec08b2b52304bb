//! HTTP: all routes, and the headers and limits that apply to every response.

pub mod assets;
pub mod connections;
mod csv;
mod events;
mod extract;
mod forms;
mod functions;
mod health;
mod keys;
pub mod logo;
mod opened_at;
mod pages;
mod raw_token_request;
mod redirect;
mod registry_error;
mod registry_token;
mod security;
mod sign_in;
mod theme;
mod token_test;
mod wrong_host;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions};
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{app::App, paths, server::state::AppState};

use connections::REQUEST_TIMEOUT;

/// The largest request body of a form, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The paths of forms. They are also routes of the application, which renders the response to a form there.
const DIALOG_FORM: &str = "/projects/{key}/registry-tokens/{action}";
const TEST_FORM: &str = "/projects/{key}/tokens/{name}/{test}";

/// The paths of the application's router. Computed once: while Leptos generates the list, no page of the process loads data.
static PAGES: LazyLock<Vec<AxumRouteListing>> =
    LazyLock::new(|| generate_route_list_with_exclusions(App, Some(vec![DIALOG_FORM.to_owned(), TEST_FORM.to_owned()])));

/// Every route of the server.
///
/// # Errors
/// One line if the portal's URL is not an origin.
pub fn router(state: AppState, assets: assets::Assets) -> Result<Router, String> {
    let portal = Router::new()
        .leptos_routes_with_handler(PAGES.clone(), get(pages::page))
        .route(paths::SIGN_IN, post(sign_in::submit))
        .route(paths::SIGN_OUT, post(sign_in::sign_out))
        .route(paths::THEME, post(theme::submit))
        .route("/projects/{key}/registry-tokens.csv", get(csv::export))
        .route("/projects/{key}/registry-tokens/events", get(events::follow))
        .route(DIALOG_FORM, get(forms::back).post(forms::submit))
        .route("/projects/{key}/tokens/{name}/test", get(token_test::back).post(token_test::submit))
        .merge(functions::routes())
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), pages::only_text))
        .layer(middleware::from_fn_with_state(state.clone(), sign_in::set_check))
        // For pages and lists. Static files are precompressed, and the layer skips event streams.
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), security::private))
        .layer(security::cross_site(&state.config)?);
    Ok(Router::new()
        .route("/token", any(registry_token::handle))
        .route("/token/", any(registry_token::not_found))
        .route("/token/{*rest}", any(registry_token::not_found))
        .merge(wrong_host::routes())
        .route("/.well-known/jwks.json", get(keys::jwks))
        .route(paths::LOGO, get(logo::send).layer(axum::Extension(assets.logo.clone())))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .nest_service("/pkg", assets.built())
        .nest_service("/assets", assets.public())
        .merge(portal)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(after_panic))
        .layer(axum::Extension(assets))
        .with_state(state))
}

/// JSON for all clients: the request may come from a registry's client.
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
