//! Protection of pages and server functions: no cross-site requests, no framing, no caching.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;
use tower_http::csrf::CsrfLayer;

use crate::server::{config::Config, state::AppState};

/// Refuses cross-site requests that change something (by Sec-Fetch-Site and Origin). A request with neither header does not
/// come from a browser, so it carries no cookie without the user's intention.
///
/// # Errors
/// One line if the portal's URL is not an origin.
pub fn cross_site(config: &Config) -> Result<CsrfLayer, String> {
    CsrfLayer::new().add_trusted_origin(&*config.url).map_err(|cause| format!("REGISTRY_TOKENS_URL: {cause}"))
}

/// Sets the headers of every page: neither the browser nor a proxy may store the content, which is private to the user.
pub async fn private(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    if state.config.url.starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Sets the Content-Security-Policy of the page that is being rendered: only its own scripts run.
pub fn set_content_security_policy(options: &LeptosOptions) {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let (Some(response), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&content_security_policy(&nonce, &reload_source(options))))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn content_security_policy(nonce: &str, reload: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{reload}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The WebSocket that `cargo leptos watch` uses to reload a changed page; it has its own port. Empty if the server does not
/// run under `cargo leptos watch`.
fn reload_source(options: &LeptosOptions) -> String {
    match std::env::var_os("LEPTOS_WATCH") {
        Some(_) => format!(" ws://*:{}", options.reload_external_port.unwrap_or(options.reload_port)),
        None => String::new(),
    }
}
