//! Files that are made in the browser.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves a text as a file, from this page: no server is asked for it.
///
/// # Errors
/// Where the browser does not make files.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text)))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has begun by then; later the address must not lead to the text any more.
    set_timeout(move || drop(Url::revoke_object_url(&url)), Duration::from_secs(1));
    Ok(())
}
