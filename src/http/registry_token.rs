//! `GET|POST /token`: the registry's token protocol (Distribution, docs/spec/auth/token and oauth). Always JSON.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    error::AppError,
    server::{
        client_info::ClientInfo,
        error::ServiceError,
        registry::{self, Decision, TokenRequest, scope},
        state::AppState,
    },
};

use super::{
    raw_token_request::{RawTokenRequest, Sent},
    registry_error::{error, json, oauth_error},
};

/// The message that clients print (docker, skopeo, helm). It is the same for an unknown login name, a wrong secret, and an
/// expired or disabled token.
const REFUSED: &str =
    "The login name or the token secret is wrong, or the token is disabled, expired or deleted. Look at it in the portal";

#[derive(Serialize)]
struct Granted<'a> {
    token: &'a str,
    /// The same JWT: containerd reads this field.
    access_token: &'a str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// Handles GET and POST.
pub async fn handle(State(state): State<AppState>, origin: ClientInfo, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let asked = match parts.method {
        Method::GET => Ok(RawTokenRequest::from_query(&parts)),
        Method::POST => RawTokenRequest::from_form(&parts.headers, body).await,
        _ => {
            let mut response = error(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "Use GET or POST.");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
            return response;
        }
    };
    match asked {
        Ok(asked) => decide(&state, asked, origin, parts.method == Method::POST).await,
        Err(unreadable) => unreadable.into_response(),
    }
}

/// `/token/…`: 404 in the registry's format, for a realm that is configured with an extra slash.
pub async fn not_found() -> Response {
    error(StatusCode::NOT_FOUND, "UNSUPPORTED", "The token endpoint is /token, without anything behind it.")
}

async fn decide(state: &AppState, asked: RawTokenRequest, origin: ClientInfo, is_post: bool) -> Response {
    if asked.service() != Some(state.config.service.as_str()) {
        return error(StatusCode::BAD_REQUEST, "UNSUPPORTED", "The parameter service does not name this registry.");
    }
    let scopes = scope::parse_all(asked.scopes());
    let has_scope = asked.scopes().any(|text| !text.trim().is_empty());
    let is_contradicting = matches!(asked.sent, Sent::Contradicting(_));
    let endpoint = &state.token_endpoint;
    let outcome = match asked.sent {
        Sent::Nobody => registry::anonymous(state, &endpoint.keyring, &scopes, !has_scope, &origin),
        Sent::Somebody(credentials) => registry::decide(state, endpoint, &TokenRequest { credentials, scopes, origin }).await,
        Sent::Contradicting(credentials) => {
            Ok(registry::refuse_contradicting(state, endpoint, &TokenRequest { credentials, scopes, origin }))
        }
    };
    match outcome {
        Ok(Decision::Granted { jwt, expires_in, scopes }) => {
            let scope = is_post.then(|| scope::format_all(&scopes));
            json(StatusCode::OK, &Granted { token: &jwt, access_token: &jwt, expires_in, scope })
        }
        Ok(Decision::Refused) if is_contradicting => {
            oauth_error("invalid_request", "The login names or the secrets of the Basic header and the form are not the same.")
        }
        Ok(Decision::Refused) => refused(state),
        Ok(Decision::RateLimited { after }) => {
            let message = format!("Too many failed logins. Try again in {after} seconds.");
            let mut response = error(StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS", &message);
            response.headers_mut().insert(header::RETRY_AFTER, after.into());
            response
        }
        Err(failure) => failed(state, failure),
    }
}

/// The same 401 response for every reason, with the portal's URL if it is known.
fn refused(state: &AppState) -> Response {
    let message = state.config.url.stated().map_or_else(|| format!("{REFUSED}."), |url| format!("{REFUSED}: {url}"));
    let mut response = error(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", &message);
    let challenge = format!("Basic realm=\"{}\"", state.config.service.replace(['"', '\\'], ""));
    if let Ok(challenge) = challenge.parse() {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

fn failed(state: &AppState, failure: ServiceError) -> Response {
    match failure.into_app_error(state) {
        AppError::Unavailable => {
            error(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "The token service is not available right now.")
        }
        failure => error(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", &failure.to_string()),
    }
}
