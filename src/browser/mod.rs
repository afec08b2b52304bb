//! What only a browser can do: dialogs, focus, the clipboard, the address bar. On the server nothing here is called.

pub mod fields;
pub mod rows;

use std::{cell::RefCell, time::Duration};

use gloo_timers::future::TimeoutFuture;
use leptos::{
    prelude::{document, request_animation_frame, set_timeout, window},
    task::spawn_local,
};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, Element, Event, EventSource, HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    MessageEvent, MouseEvent, Url,
};

use crate::models::moment;

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

/// What the server left in the page: postcard, as base64 in `data-value`.
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
        // A button that was disabled or hidden under the focus keeps it until the next frame.
        if focused().is_some_and(|focused| !focused.matches(":disabled, .is-idle, [hidden] *").unwrap_or_default()) {
            return;
        }
        if let Some(element) = element(id) {
            let _ = element.focus();
        }
    }
}

/// What has the focus. Where nothing has, a browser says that the page itself does.
pub fn focused() -> Option<Element> {
    document().active_element().filter(|active| active.tag_name() != "BODY")
}

/// The id of what has the focus.
pub fn focused_id() -> Option<String> {
    focused().map(|focused| focused.id()).filter(|id| !id.is_empty())
}

/// Does something once what was written so far is painted.
pub fn after_paint(then: impl FnOnce() + 'static) {
    // A frame is painted at the end of the task that begins it.
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}

/// Moves the window over the page. Ends a movement that still runs, so it is not called for nothing.
pub fn scroll_by(pixels: f64) {
    if pixels.abs() >= 1.0 {
        window().scroll_by_with_x_and_y(0.0, pixels);
    }
}

/// Closes an open `<details>` when Escape is pressed in it; its summary gets the focus.
pub fn close_on_escape(event: &web_sys::KeyboardEvent) {
    let details = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(details) = details.filter(|_| event.key() == "Escape") {
        let _ = details.remove_attribute("open");
        if let Some(summary) = details.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
}

/// Whether what got the focus, or was clicked, is outside of the element.
pub fn is_outside(element: &HtmlElement, target: Option<web_sys::EventTarget>) -> bool {
    target.and_then(|target| target.dyn_into::<web_sys::Node>().ok()).is_some_and(|node| !element.contains(Some(&node)))
}

/// Listens to events of this name in the element with this id as long as the page lives.
pub fn on(id: &str, name: &str, happened: impl Fn(&Event) + 'static) {
    if let Some(element) = element(id) {
        let happened = Closure::<dyn Fn(Event)>::new(move |event: Event| happened(&event)).into_js_value();
        let _ = element.add_event_listener_with_callback(name, happened.unchecked_ref());
    }
}

/// What the `data-do` of the control says that a click meant, and the control.
pub fn clicked_control(event: &MouseEvent) -> Option<(String, Element)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let control = target.closest("[data-do]").ok()??;
    Some((control.get_attribute("data-do")?, control))
}

/// The elements that a selector finds, in the document's order.
pub fn elements(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Gives an attribute a value, or takes it away.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Switches a class on or off.
pub fn set_class(element: &Element, name: &str, is_on: bool) {
    let _ = element.class_list().toggle_with_force(name, is_on);
}

/// Types into a field, or picks from a list, unless that stands there already: the caret stays where it is.
pub fn set_value(element: &HtmlElement, value: &str) {
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        if field.value() != value {
            field.set_value(value);
        }
    } else if let Some(list) = element.dyn_ref::<HtmlSelectElement>() {
        list.set_value(value);
    }
}

/// Lets a link, or the link that is an element's first child, lead there.
pub fn lead_to(element: &Element, href: &str) {
    let link = if element.has_attribute("href") { Some(element.clone()) } else { element.first_element_child() };
    if let Some(link) = link {
        let _ = link.set_attribute("href", href);
    }
}

/// Gives the last element in an element another text.
pub fn end_with(element: &Element, text: &str) {
    if let Some(last) = element.last_element_child() {
        last.set_text_content(Some(text));
    }
}

/// Whether a box is ticked.
pub fn is_ticked(element: &Element) -> bool {
    element.dyn_ref().is_some_and(HtmlInputElement::checked)
}

/// The value of the box that was ticked or cleared, and whether it is ticked now.
pub fn ticked(event: &web_sys::Event) -> Option<(String, bool)> {
    let ticked: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some((ticked.value(), ticked.checked()))
}

/// In pixels of CSS.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Where an element begins in the window, in pixels from its top.
pub fn top(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Keeps a small text in a cookie for a year.
pub fn remember(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}

/// A moment (Unix seconds) in the reader's own zone: `2026-11-23 05:12`. The server does not know it, and says UTC.
pub fn local(at: i64) -> String {
    if cfg!(feature = "ssr") {
        return moment::utc(at);
    }
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64 * 1000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Puts every moment that the server wrote in UTC into the reader's own zone; UTC stays in the title.
pub fn localize_moments() {
    let Ok(moments) = document().query_selector_all("time[data-at]") else { return };
    for index in 0..moments.length() {
        let element: Option<HtmlElement> = moments.item(index).and_then(|node| node.dyn_into().ok());
        if let Some(element) = element
            && let Some(at) = element.get_attribute("data-at").and_then(|at| at.parse().ok())
        {
            element.set_text_content(Some(&local(at)));
        }
    }
}

/// After so many milliseconds a stream that was refused is asked for again.
const LOOK_AGAIN: i32 = 15_000;

/// Follows a stream of server-sent events while the page is in view; `changed` is given the data of each event of that
/// name. A connection that broke is made again by the browser; one that was refused, as while a server starts, here.
pub fn listen(address: impl Fn() -> String + 'static, changed: impl Fn(String) + 'static) {
    let on_changed = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(data) = event.data().as_string() {
            changed(data);
        }
    });
    let source = RefCell::new(None::<EventSource>);
    let follow = Closure::<dyn Fn()>::new(move || {
        let open = source.take();
        if document().hidden() {
            if let Some(open) = open {
                open.close();
            }
        } else if let Some(open) = open.filter(|open| open.ready_state() != EventSource::CLOSED) {
            source.replace(Some(open));
        } else if let Ok(opened) = EventSource::new(&address()) {
            let _ = opened.add_event_listener_with_callback("changed", on_changed.as_ref().unchecked_ref());
            source.replace(Some(opened));
        }
    });
    let follow: &js_sys::Function = &follow.into_js_value().unchecked_into();
    let _ = follow.call0(&JsValue::NULL);
    let _ = document().add_event_listener_with_callback("visibilitychange", follow);
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(follow, LOOK_AGAIN);
}

/// Text as base64, as Basic authentication wants it. Login names and secrets are ASCII.
pub fn to_base64(text: &str) -> String {
    window().btoa(text).unwrap_or_default()
}

/// Copies the text of a field or of another element. Where there is no clipboard, or it refuses, the text is selected and
/// the older way tried.
///
/// Returns whether it is in the clipboard now.
pub async fn copy(element: &HtmlElement) -> bool {
    let field = element.dyn_ref::<HtmlInputElement>();
    let text = field.map_or_else(|| element.text_content().unwrap_or_default(), HtmlInputElement::value);
    if write_clipboard(&text).await {
        return true;
    }
    let Some(field) = field else {
        if let Ok(Some(selection)) = window().get_selection() {
            let _ = selection.select_all_children(element);
        }
        return exec_copy();
    };
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

/// Puts a text in the clipboard; an empty one clears it. Returns whether the browser did it.
pub async fn write_clipboard(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

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
    spawn_local(async move {
        TimeoutFuture::new(1_000).await;
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
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

/// Asks the server for the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// The query of the page's address.
pub fn query() -> String {
    window().location().search().unwrap_or_default().trim_start_matches('?').to_owned()
}

/// Whether the address bar shows this path and query.
pub fn is_at(address: &str) -> bool {
    let location = window().location();
    location.pathname().and_then(|path| Ok(path + &location.search()?)).is_ok_and(|shown| shown == address)
}

/// Shows another address: as a new step of the history, or in place of the one shown.
pub fn show_address(address: &str, in_place: bool) {
    let Ok(history) = window().history() else { return };
    let _ = if in_place {
        history.replace_state_with_url(&JsValue::NULL, "", Some(address))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(address))
    };
}
