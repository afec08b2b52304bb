//! Reads and creates the portal's cookies, with their full names.

use axum::http::HeaderMap;
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

use crate::{models::cookie::full_name, server::config::Config};

/// The value of a cookie, if the request has it. `name` is the short name: see [`full_name`].
pub fn value(config: &Config, headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(&full_name(name, is_secure(config))).map(|cookie| cookie.value().to_owned())
}

/// Creates an HttpOnly cookie for all paths, valid until the browser closes.
pub fn new(config: &Config, name: &str, value: impl Into<String>) -> Cookie<'static> {
    let mut cookie = Cookie::new(full_name(name, is_secure(config)), value.into());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(is_secure(config));
    cookie.set_path("/");
    cookie
}

/// Creates a cookie that removes the cookie of this name.
pub fn ended(config: &Config, name: &str) -> Cookie<'static> {
    let mut cookie = new(config, name, "");
    cookie.make_removal();
    cookie
}

/// Whether the portal's URL is https, so that cookies are `Secure`.
fn is_secure(config: &Config) -> bool {
    config.url.starts_with("https://")
}
