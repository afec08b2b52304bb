//! Finds the user and the client of a request from its headers.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::cookie::Cookie;

use crate::server::{
    accounts::{self, SessionCookie},
    actor::Actor,
    audit::sanitize_untrusted,
    client_info::ClientInfo,
    config::Config,
    context::Services,
    error::{Refusal, ServiceError},
};

use super::{
    client_address::{ClientAddress, UnreadableProxies, client_address},
    cookies,
};

const COOKIE: &str = "session";
/// The longest stored User-Agent, in characters.
const CLIENT_LENGTH: usize = 120;
/// Maximum number of characters logged of an unreadable `X-Forwarded-For` entry.
const ENTRY_LENGTH: usize = 60;

/// The user behind a request, read from the database for every request.
///
/// # Errors
/// [`Refusal::Unauthenticated`] if no user is signed in.
pub async fn actor(services: &Services, proxies: &UnreadableProxies, parts: &Parts) -> Result<Actor, ServiceError> {
    let found = match cookie_value(services, &parts.headers) {
        Some(cookie) => accounts::actor(services, &cookie, origin(services, proxies, parts)).await?,
        None => None,
    };
    found.ok_or_else(|| Refusal::Unauthenticated.into())
}

/// The value of the session cookie, if the request has one.
pub fn cookie_value(services: &Services, headers: &HeaderMap) -> Option<String> {
    cookies::value(&services.config, headers, COOKIE)
}

/// The client of a request.
pub fn origin(services: &Services, proxies: &UnreadableProxies, parts: &Parts) -> ClientInfo {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let client = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    ClientInfo {
        address: peer
            .map_or_else(|| "unknown".to_owned(), |peer| believed_address(services, proxies, peer, &parts.headers).to_string()),
        client: client.chars().filter(|c| !c.is_control()).take(CLIENT_LENGTH).collect(),
    }
}

/// The client's address. An unreadable entry of a trusted proxy is logged once.
fn believed_address(services: &Services, proxies: &UnreadableProxies, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let ClientAddress { address, unreadable } = client_address(&services.config.trusted_proxies, peer, headers);
    if let Some((proxy, entry)) = unreadable
        && proxies.is_first(proxy)
    {
        let entry = sanitize_untrusted(&entry, ENTRY_LENGTH);
        tracing::warn!(proxy.address = %proxy, entry, "forwarded.unreadable");
    }
    address
}

/// The session cookie, set at sign-in.
pub fn new_cookie(config: &Config, SessionCookie(value): SessionCookie) -> Cookie<'static> {
    cookies::new(config, COOKIE, value)
}

/// The cookie that removes the session cookie.
pub fn ended_cookie(config: &Config) -> Cookie<'static> {
    cookies::ended(config, COOKIE)
}
