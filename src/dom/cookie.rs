//! Cookies that the browser part of the application sets.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;

use crate::models::cookie;

/// Stores a small text for a year.
pub fn set(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let is_secure = window().location().protocol().is_ok_and(|protocol| protocol == "https:");
        let (name, secure) = (cookie::full_name(name, is_secure), if is_secure { "; Secure" } else { "" });
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"));
    }
}
