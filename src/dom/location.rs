//! Where the document was loaded from.

use leptos::prelude::window;

/// Scheme and host, as the browser has them.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}
