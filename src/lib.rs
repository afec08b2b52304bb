//! Registry Tokens: the self-service portal for registry tokens, and the authority the registry asks at every pull.
//!
//! One package, two builds of one application: `ssr` is the server (pages, server functions, token endpoint, command
//! line), `hydrate` the browser part. The feature gates live here and in `main.rs`.

#![forbid(unsafe_code)]

#[cfg(all(feature = "ssr", feature = "hydrate", not(doc)))]
compile_error!("`ssr` and `hydrate` exclude each other: build the browser part with --no-default-features");

pub mod api;
pub mod app;
pub mod components;
pub mod dom;
pub mod error;
pub mod models;
pub mod pages;
pub mod paths;

#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod server;

#[cfg(all(test, feature = "ssr"))]
mod tests;

/// The browser's entry: the script that `app::shell` renders calls it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    dom::leave_guard::install();
    leptos::mount::hydrate_body(app::App);
}
