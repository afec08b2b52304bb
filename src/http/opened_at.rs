//! The origin under which a browser opened the portal.

use axum::http::{HeaderName, header, request::Parts};

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Scheme and host of a request. A form submission has both in its `Origin` header. Otherwise the scheme comes from
/// `X-Forwarded-Proto`, or from the configured URL. Use it for display only: any client can set these headers.
pub fn opened_at(configured: &str, parts: &Parts) -> String {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = header(header::ORIGIN).filter(|origin| origin.contains("://")) {
        return origin.to_owned();
    }
    let known = configured.split_once("://").map_or("http", |(scheme, _)| scheme);
    let scheme = header(FORWARDED_PROTO).map_or(known, |proto| proto.rsplit(',').next().unwrap_or_default().trim());
    let host = header(header::HOST).or_else(|| parts.uri.authority().map(|authority| authority.as_str())).unwrap_or_default();
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    // A browser omits the scheme's default port.
    let port = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}
