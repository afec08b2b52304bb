//! The clipboard.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement};

/// Copies the text of a field that shows it, or of another element. Where there is no clipboard, or it refuses, the text is selected and
/// the older way tried.
///
/// Returns whether it is in the clipboard now.
pub async fn copy(element: &HtmlElement) -> bool {
    // A field of many lines has the same members.
    let is_field = element.matches("input, textarea").unwrap_or_default();
    let field = is_field.then(|| element.unchecked_ref::<HtmlInputElement>());
    let text = field.map_or_else(|| element.text_content().unwrap_or_default(), HtmlInputElement::value);
    if write(&text).await {
        return true;
    }
    let Some(field) = field else {
        if let Ok(Some(selection)) = window().get_selection() {
            let _ = selection.select_all_children(element);
        }
        return exec_copy();
    };
    let _ = field.focus();
    field.select();
    exec_copy()
}

/// Puts a text in the clipboard; an empty one clears it. Returns whether the browser did it.
pub async fn write(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// There is none outside of a secure context.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    clipboard.dyn_into().ok()
}

fn exec_copy() -> bool {
    document().dyn_into::<web_sys::HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}
