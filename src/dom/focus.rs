//! The focus of the document.

use leptos::prelude::document;
use web_sys::{Element, FocusOptions, HtmlElement};

/// Returns the element that has the focus. Browsers report `<body>` if no element has it.
pub fn focused() -> Option<Element> {
    document().active_element().filter(|active| active.tag_name() != "BODY")
}

/// Whether no element has the focus, or one that cannot keep it: an element that was disabled or hidden keeps the focus until the
/// next frame.
pub fn is_lost() -> bool {
    focused().is_none_or(|focused| focused.matches(":disabled, .is-idle *, .is-idle, [hidden] *").unwrap_or_default())
}

/// Focuses an element without scrolling.
pub fn without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
