//! Cookies that a script may set.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Keeps a small text for a year.
pub fn set(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}
