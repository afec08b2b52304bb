//! What has the focus.

use leptos::prelude::document;
use web_sys::{Element, FocusOptions, HtmlElement};

/// What has the focus. Where nothing has, a browser says that the page itself does.
pub fn focused() -> Option<Element> {
    document().active_element().filter(|active| active.tag_name() != "BODY")
}

/// Whether nothing has the focus that can keep it: a button that was disabled or hidden under it keeps it until the next
/// frame.
pub fn is_lost() -> bool {
    focused().is_none_or(|focused| focused.matches(":disabled, .is-idle *, .is-idle, [hidden] *").unwrap_or_default())
}

/// Gives an element the focus and leaves the window where it is.
pub fn without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
