//! Registry Tokens: the self-service portal for registry tokens, and the authority the registry asks at every pull.
//!
//! One package, two builds: `ssr` is the server (pages, token endpoint, command line), `browser` the
//! part of those pages that answers to clicks. The feature gates live here and in `main.rs`.

#![forbid(unsafe_code)]
// A page's view is one deeply nested type.
#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", feature = "browser", not(doc)))]
compile_error!("`ssr` and `browser` exclude each other: build the browser part with --no-default-features");

pub mod api;
pub mod browser;
pub mod components;
pub mod error;
pub mod models;

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod server;

#[cfg(all(test, feature = "ssr"))]
mod tests;

/// The browser's entry: `app.rs` calls it by this name.
#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    components::take_over::take_over();
    browser::localize_moments();
}
