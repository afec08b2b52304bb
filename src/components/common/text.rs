//! Texts that change, in a page that the browser may have translated.

use html_escape::encode_double_quoted_attribute as escape;
use leptos::prelude::*;

/// A text that changes, as the `inner_html` of its element: it is replaced as a whole. A browser that translates a page puts
/// elements of its own where text stood, and what is written into that text afterwards nobody sees.
pub fn whole(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    // Of one type, so that the code around it is there once.
    Signal::derive(move || escape(&text()).into_owned())
}
