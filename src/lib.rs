//! Registry Tokens: the self-service portal for registry tokens, and the token server that the registry uses for every pull.
//!
//! One package with two builds of the same application: `ssr` is the server (pages, server functions, token endpoint, command
//! line), `hydrate` is the browser part. The feature gates are here and in `main.rs`.

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

/// The entry point in the browser. The script that `app::shell` renders calls it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    dom::leave_guard::install();
    leptos::mount::hydrate_body(app::App);
}
