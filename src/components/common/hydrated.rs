//! Whether the document has hydrated. Until then a page shows what the server can know, and its forms are plain ones.

use leptos::prelude::*;

use super::effect::effect;

/// One for the application.
#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// Provides it; it becomes true once the first page has hydrated.
pub fn provide_hydrated() {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    provide_context(Hydrated(hydrated));
}

/// False on the server and in the first rendering in the browser.
pub fn use_hydrated() -> RwSignal<bool> {
    use_context::<Hydrated>().map_or_else(RwSignal::default, |Hydrated(hydrated)| hydrated)
}
