//! What only a browser can do: dialogs, focus, the clipboard, the address bar. On the server nothing here is called.

use leptos::prelude::{document, window};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement};

/// Opens a dialog over the page. One that the server rendered open is opened anew, so that the page behind it rests.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.set_open(false);
    }
    let _ = dialog.show_modal();
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What stands in the field with this id.
pub fn field_value(id: &str) -> Option<String> {
    element(id)?.dyn_into::<HtmlInputElement>().ok().map(|field| field.value())
}

/// What the server left in the page for an island: postcard, as base64 in `data-value`.
pub fn read_data<T: DeserializeOwned>(id: &str) -> Option<T> {
    let text = element(id)?.get_attribute("data-value")?;
    // One character a byte.
    let bytes: Vec<u8> = window().atob(&text).ok()?.chars().filter_map(|byte| u8::try_from(byte).ok()).collect();
    postcard::from_bytes(&bytes).ok()
}

/// Where the focus was lost, with a row or to a button that is disabled now, gives it to the first of these ids that
/// takes it.
pub fn focus_if_lost(ids: &[&str]) {
    for id in ids {
        if document().active_element().is_some_and(|active| active.tag_name() != "BODY") {
            return;
        }
        if let Some(element) = element(id) {
            let _ = element.focus();
        }
    }
}

/// Copies a field's text. Where there is no clipboard, or it refuses, the text is selected and the older way tried.
///
/// Returns whether it is in the clipboard now.
pub async fn copy(text: &str, field: Option<HtmlInputElement>) -> bool {
    if let Some(clipboard) = clipboard()
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    let Some(field) = field else { return false };
    let _ = field.focus();
    // A masked field gives no text away.
    let masked = field.type_() == "password";
    if masked {
        field.set_type("text");
    }
    field.select();
    let copied = exec_copy();
    if copied && masked {
        field.set_type("password");
    }
    copied
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

/// Shows another query in the address bar, without a new entry in the history.
pub fn replace_query(query: &str) {
    let path = window().location().pathname().unwrap_or_default();
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
