//! The clipboard.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement};

/// Copies the text of a field or of another element. If the clipboard API is missing or refuses, it selects the text and tries
/// `execCommand("copy")`.
///
/// Returns whether the text is in the clipboard now.
pub async fn copy(element: &HtmlElement) -> bool {
    // A `<textarea>` has the same JavaScript members.
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

/// Writes a text to the clipboard; an empty text clears it. Returns whether the browser did it.
pub async fn write(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// Returns the clipboard API; it is missing outside a secure context.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    clipboard.dyn_into().ok()
}

fn exec_copy() -> bool {
    document().dyn_into::<web_sys::HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}
