//! Whether the document has hydrated. Until then a page shows only what the server can know, and its forms are plain HTML forms.

use leptos::prelude::*;

use super::effect::effect;

/// The application-wide signal.
#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// Provides the signal. It becomes true once the first page has hydrated.
pub fn provide_hydrated() {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    provide_context(Hydrated(hydrated));
}

/// Returns the signal: false on the server and during the first render in the browser.
pub fn use_hydrated() -> RwSignal<bool> {
    use_context::<Hydrated>().map_or_else(RwSignal::default, |Hydrated(hydrated)| hydrated)
}
