//! Reactive texts, in a page that the browser may have translated.

use html_escape::encode_double_quoted_attribute as escape;
use leptos::prelude::*;

/// Returns a reactive text for the `inner_html` of its element, so that each change replaces the whole content. Browser
/// translation replaces text nodes by its own elements; later writes to the original text node are invisible.
pub fn whole(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    // Not generic, so that the code that uses it is compiled only once.
    Signal::derive(move || escape(&text()).into_owned())
}
