//! Reads the parameters and credentials of a request to `/token`, from a query (GET) or a form (POST).

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{Authorization, HeaderMapExt, authorization::Basic};

use crate::server::registry::credentials::Credentials;

use super::registry_error::{error, oauth_error};

/// The largest accepted form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// A request's parameters and credentials.
pub struct RawTokenRequest {
    params: RawParams,
    pub sent: Sent,
}

/// The credentials that a request carries.
pub enum Sent {
    Nobody,
    Somebody(Credentials),
    /// Several different credentials, in the header and the form or twice in the form. Holds the first.
    Contradicting(Credentials),
}

/// Names and values as received. A name may occur several times.
struct RawParams(Vec<(String, String)>);

/// Why a request cannot be read.
pub enum Unreadable {
    TooLarge,
    /// Error code and description of RFC 6749.
    Form(&'static str, &'static str),
}

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        match self {
            Self::TooLarge => error(StatusCode::PAYLOAD_TOO_LARGE, "UNSUPPORTED", "The form is too large."),
            Self::Form(code, description) => oauth_error(code, description),
        }
    }
}

impl RawParams {
    fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }
}

impl RawTokenRequest {
    /// Reads a `GET`: parameters in the query, credentials in a Basic header.
    pub fn from_query(parts: &Parts) -> Self {
        let sent = match parts.headers.contains_key(header::AUTHORIZATION) {
            // An unreadable header counts as wrong credentials, not as anonymous: empty credentials match nothing.
            true => Sent::Somebody(basic(&parts.headers).unwrap_or_default()),
            false => Sent::Nobody,
        };
        Self { params: RawParams::parse(parts.uri.query().unwrap_or_default().as_bytes()), sent }
    }

    /// Reads a `POST`: a form with RFC 6749's password grant, credentials in the form or in a Basic header.
    ///
    /// # Errors
    /// The form itself is invalid. The credentials are not checked here.
    pub async fn from_form(headers: &HeaderMap, body: Body) -> Result<Self, Unreadable> {
        let body = to_bytes(body, MAX_FORM).await.map_err(|_| Unreadable::TooLarge)?;
        let params = read_form(headers, &body)?;
        let sent = form_credentials(headers, &params)?;
        Ok(Self { params, sent })
    }

    /// The registry that the client requests a token for.
    pub fn service(&self) -> Option<&str> {
        self.params.first("service")
    }

    /// Every scope parameter.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.params.all("scope")
    }
}

fn read_form(headers: &HeaderMap, body: &Bytes) -> Result<RawParams, Unreadable> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form =
        content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    if !is_form {
        return Err(Unreadable::Form("invalid_request", "Send a form: application/x-www-form-urlencoded."));
    }
    let params = RawParams::parse(body);
    match params.first("grant_type") {
        Some("password") => Ok(params),
        Some("refresh_token") => {
            Err(Unreadable::Form("invalid_grant", "No refresh tokens are issued here: send the password grant."))
        }
        _ => Err(Unreadable::Form("unsupported_grant_type", "Send grant_type=password.")),
    }
}

/// The credentials of the form or of the header; RFC 6749 prefers the header. With a header, an empty form parameter counts
/// as omitted (RFC 6749, 3.2). A header with another scheme is ignored.
fn form_credentials(headers: &HeaderMap, params: &RawParams) -> Result<Sent, Unreadable> {
    let has_basic = has_basic_scheme(headers);
    let values = |name| params.all(name).filter(|value| !has_basic || !value.is_empty()).collect::<Vec<_>>();
    let (names, secrets) = (values("username"), values("password"));
    let first = match (has_basic, names.first(), secrets.first()) {
        (true, ..) => basic(headers).unwrap_or_default(),
        (false, Some(name), Some(secret)) => Credentials::new(name, secret),
        _ => return Err(Unreadable::Form("invalid_request", "username and password are missing.")),
    };
    let is_same = names.iter().all(|name| Credentials::new(name, "").login_name() == first.login_name())
        && secrets.iter().all(|secret| Credentials::new("", secret).secret() == first.secret());
    Ok(if is_same { Sent::Somebody(first) } else { Sent::Contradicting(first) })
}

fn has_basic_scheme(headers: &HeaderMap) -> bool {
    let value = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    value.split(|byte| *byte == b' ').next().is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic"))
}

/// The credentials of a Basic header; `None` if it is missing or unreadable.
fn basic(headers: &HeaderMap) -> Option<Credentials> {
    let Authorization(basic) = headers.typed_get::<Authorization<Basic>>()?;
    Some(Credentials::new(basic.username(), basic.password()))
}
