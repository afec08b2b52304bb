//! From a request's headers to the person behind it.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

use crate::{
    error::AppError,
    server::{
        config::Config,
        service::{Actor, Origin, ServiceError, accounts, accounts::SessionCookie},
        state::AppState,
    },
};

/// The longest User-Agent kept, in characters.
const CLIENT_LENGTH: usize = 120;

/// The person behind a request, read anew each time.
///
/// # Errors
/// [`AppError::Unauthenticated`] where nobody is signed in.
pub async fn actor(state: &AppState, parts: &Parts) -> Result<Actor, ServiceError> {
    let cookie = CookieJar::from_headers(&parts.headers).get(cookie_name(&state.config)).map(|cookie| cookie.value().to_owned());
    let found = match cookie {
        Some(cookie) => accounts::actor(state, &cookie, origin(state, parts)).await?,
        None => None,
    };
    found.ok_or_else(|| AppError::Unauthenticated.into())
}

/// The value of the session cookie, if the request has one.
pub fn cookie_value(state: &AppState, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(cookie_name(&state.config)).map(|cookie| cookie.value().to_owned())
}

/// Where a request comes from. `X-Forwarded-For` counts only as far as trusted proxies wrote it.
pub fn origin(state: &AppState, parts: &Parts) -> Origin {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let client = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Origin {
        address: peer
            .map_or_else(|| "unknown".to_owned(), |peer| client_address(&state.config, peer, &parts.headers).to_string()),
        client: client.chars().filter(|c| !c.is_control()).take(CLIENT_LENGTH).collect(),
    }
}

/// The last address in the chain of proxies that is not itself a trusted proxy.
fn client_address(config: &Config, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let is_trusted = |address: &IpAddr| config.trusted_proxies.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in forwarded.into_iter().rev() {
        if !is_trusted(&address) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(hop) => address = hop.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

/// With TLS the cookie is bound to this very host.
fn cookie_name(config: &Config) -> &'static str {
    if is_secure(config) { "__Host-session" } else { "session" }
}

/// Whether browsers reach the portal under https only.
pub fn is_secure(config: &Config) -> bool {
    config.url.starts_with("https://")
}

/// The cookie that a browser gets at sign-in.
pub fn new_cookie(config: &Config, SessionCookie(value): SessionCookie) -> Cookie<'static> {
    let mut cookie = Cookie::new(cookie_name(config), value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(is_secure(config));
    cookie.set_path("/");
    cookie
}

/// The cookie that takes it away again.
pub fn ended_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = new_cookie(config, SessionCookie(String::new()));
    cookie.make_removal();
    cookie
}

#[cfg(test)]
mod tests {
    use super::client_address;
    use crate::server::config::Config;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let config = Config::read("", |name| (name == "REGISTRY_TOKENS_TRUSTED_PROXIES").then(|| "10.0.0.0/8".to_owned()))
            .expect("settings");
        let address = |peer: &str, forwarded: &str| {
            let headers =
                [("x-forwarded-for".parse().expect("a name"), forwarded.parse().expect("a value"))].into_iter().collect();
            client_address(&config, peer.parse().expect("an address"), &headers).to_string()
        };
        assert_eq!(address("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(
            address("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.9"),
            "198.51.100.7",
            "the client may write what it likes in front"
        );
        assert_eq!(address("203.0.113.5", "198.51.100.7"), "203.0.113.5");
        assert_eq!(address("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
