//! Downloads of files that are created in the browser.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves a text as a file, without a request to the server.
///
/// # Errors
/// If the browser cannot create the file.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text)))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has started the download by then. Revoke the URL, so that it no longer gives access to the text.
    set_timeout(move || drop(Url::revoke_object_url(&url)), Duration::from_secs(1));
    Ok(())
}
