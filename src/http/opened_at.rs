//! Under which address a browser opened the portal.

use axum::http::{HeaderName, header, request::Parts};

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Scheme and host of a request. A form that was sent has them from the browser itself; of others the proxy says the scheme, or
/// it is that of the configured address. Only for what the page says: everybody can write these headers.
pub fn opened_at(configured: &str, parts: &Parts) -> String {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = header(header::ORIGIN).filter(|origin| origin.contains("://")) {
        return origin.to_owned();
    }
    let known = configured.split_once("://").map_or("http", |(scheme, _)| scheme);
    let scheme = header(FORWARDED_PROTO).map_or(known, |proto| proto.rsplit(',').next().unwrap_or_default().trim());
    let host = header(header::HOST).or_else(|| parts.uri.authority().map(|authority| authority.as_str())).unwrap_or_default();
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    // A browser leaves out the port that the scheme has anyway.
    let port = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}
