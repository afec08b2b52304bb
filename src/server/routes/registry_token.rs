//! `GET|POST /token`: the registry's token protocol (Distribution, docs/spec/auth/token and oauth). Always JSON.

use axum::{
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;

use crate::{
    error::AppError,
    server::{
        service::{
            Origin,
            registry::{self, Answer, Question},
            scope,
        },
        state::AppState,
    },
};

use super::session;

/// The largest form that is read, in bytes.
const LARGEST_FORM: usize = 16 * 1024;

/// What clients print (docker, skopeo, helm): the same for unknown, wrong, ended and disabled.
const REFUSED: &str =
    "The login name or the token secret is wrong, or the token is disabled, expired or deleted. Look at it in the portal";

#[derive(Serialize)]
struct Granted<'a> {
    token: &'a str,
    /// containerd reads this one.
    access_token: &'a str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// A request's parameters, in whichever of the two forms it came.
struct Asked {
    pairs: Vec<(String, String)>,
    credentials: Option<(String, String)>,
}

/// A question that cannot be read.
enum Unreadable {
    Request(StatusCode, &'static str),
    /// RFC 6749's code and description, for what is wrong with a form itself.
    Form(&'static str, &'static str),
}

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        match self {
            Self::Request(status, message) => error(status, "UNSUPPORTED", message),
            Self::Form(code, description) => {
                json(StatusCode::BAD_REQUEST, &serde_json::json!({ "error": code, "error_description": description }))
            }
        }
    }
}

impl Asked {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }
}

/// Answers both forms of the question.
pub async fn answer(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let origin = session::origin(&state, &parts);
    let asked = match parts.method {
        Method::GET => Ok(read_get(&parts)),
        Method::POST => match to_bytes(body, LARGEST_FORM).await {
            Ok(body) => read_post(&parts.headers, &body),
            Err(_) => Err(Unreadable::Request(StatusCode::PAYLOAD_TOO_LARGE, "The form is too large.")),
        },
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

/// `/token/…`: nothing is there. Said as everything of this endpoint is, for a realm with a slash too many.
pub async fn not_found() -> Response {
    error(StatusCode::NOT_FOUND, "UNSUPPORTED", "The token endpoint is /token, without anything behind it.")
}

fn read_get(parts: &Parts) -> Asked {
    let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    Asked { pairs, credentials: basic_credentials(&parts.headers) }
}

fn read_post(headers: &HeaderMap, body: &Bytes) -> Result<Asked, Unreadable> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form =
        content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    if !is_form {
        return Err(Unreadable::Form("invalid_request", "Send a form: application/x-www-form-urlencoded."));
    }
    let mut asked = Asked { pairs: form_urlencoded::parse(body).into_owned().collect(), credentials: None };
    match asked.first("grant_type") {
        Some("password") => {}
        Some("refresh_token") => {
            return Err(Unreadable::Form("invalid_grant", "No refresh tokens are issued here: send the password grant."));
        }
        _ => return Err(Unreadable::Form("unsupported_grant_type", "Send grant_type=password.")),
    }
    let (name, password) = (asked.first("username").map(str::to_owned), asked.first("password").map(str::to_owned));
    match (name, password) {
        (Some(name), Some(password)) => asked.credentials = Some((name, password)),
        _ => return Err(Unreadable::Form("invalid_request", "username and password are missing.")),
    }
    Ok(asked)
}

/// Credentials of a Basic header; `None` where there is none. One that cannot be read is wrong, not absent: it is
/// nobody's name and secret.
fn basic_credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?;
    let read = || {
        let (kind, encoded) = value.to_str().ok()?.split_once(' ')?;
        let decoded = kind.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(encoded.trim()).ok())??;
        let (name, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
        Some((name.to_owned(), secret.to_owned()))
    };
    Some(read().unwrap_or_default())
}

async fn decide(state: &AppState, asked: Asked, origin: Origin, is_post: bool) -> Response {
    if asked.first("service") != Some(state.config.service.as_str()) {
        return error(StatusCode::BAD_REQUEST, "UNSUPPORTED", "The parameter service does not name this registry.");
    }
    let scopes = scope::parse_all(asked.all("scope"));
    let has_scope = asked.all("scope").any(|text| !text.trim().is_empty());
    let outcome = match asked.credentials {
        Some((login_name, secret)) => registry::answer(state, &Question { login_name, secret, scopes, origin }).await,
        None => registry::anonymous(state, &scopes, !has_scope, &origin),
    };
    match outcome {
        Ok(Answer::Granted { jwt, expires_in, scopes }) => {
            let scope = is_post.then(|| scope::format_all(&scopes));
            json(StatusCode::OK, &Granted { token: &jwt, access_token: &jwt, expires_in, scope })
        }
        Ok(Answer::Refused) => {
            let mut response = error(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", &refused(state));
            let challenge = format!("Basic realm=\"{}\"", state.config.service.replace(['"', '\\'], ""));
            if let Ok(challenge) = challenge.parse() {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            response
        }
        Ok(Answer::TooMany { after }) => {
            let message = format!("Too many failed logins. Try again in {after} seconds.");
            let mut response = error(StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS", &message);
            response.headers_mut().insert(header::RETRY_AFTER, after.into());
            response
        }
        Err(failure) => match failure.answer(state).await {
            AppError::Unavailable => {
                error(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "The token service is not available right now.")
            }
            failure => error(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", &failure.to_string()),
        },
    }
}

/// What somebody with a wrong secret reads, with the portal's address where it has one that can be told.
fn refused(state: &AppState) -> String {
    state.config.url.stated().map_or_else(|| format!("{REFUSED}."), |url| format!("{REFUSED}: {url}"))
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

/// The registry's form of an error: its clients print the message.
fn error(status: StatusCode, code: &str, message: &str) -> Response {
    json(status, &serde_json::json!({ "errors": [{ "code": code, "message": message }] }))
}
