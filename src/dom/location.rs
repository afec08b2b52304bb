//! The address that the document was loaded from.

use leptos::prelude::window;

/// The origin (scheme, host and port), as the browser formats it.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}
