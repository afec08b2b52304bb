//! The portal's cookies: each is read and made here, under its whole name.

use axum::http::HeaderMap;
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

use crate::{models::cookie::full_name, server::config::Config};

/// The value of a cookie, if the request has it. `name` is as [`full_name`] takes it.
pub fn value(config: &Config, headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(&full_name(name, is_secure(config))).map(|cookie| cookie.value().to_owned())
}

/// A cookie that no script reads, for every page, until the browser closes.
pub fn new(config: &Config, name: &str, value: impl Into<String>) -> Cookie<'static> {
    let mut cookie = Cookie::new(full_name(name, is_secure(config)), value.into());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(is_secure(config));
    cookie.set_path("/");
    cookie
}

/// Takes a cookie away again.
pub fn ended(config: &Config, name: &str) -> Cookie<'static> {
    let mut cookie = new(config, name, "");
    cookie.make_removal();
    cookie
}

/// Whether browsers reach the portal under https only.
fn is_secure(config: &Config) -> bool {
    config.url.starts_with("https://")
}
