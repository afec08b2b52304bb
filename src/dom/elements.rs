//! Finds elements.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The elements below this one that match a CSS selector, in document order.
pub fn below(element: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}
