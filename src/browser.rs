//! What only a browser can do: dialogs, focus, the clipboard, the address bar. On the server nothing here is called.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, EventSource, FocusOptions, HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTemplateElement,
    MessageEvent, Url,
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

/// What stands in the field with this id.
pub fn field_value(id: &str) -> Option<String> {
    element(id)?.dyn_into::<HtmlInputElement>().ok().map(|field| field.value())
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
        // A button that was disabled under the focus keeps it until the next frame.
        let is_lost = |active: web_sys::Element| active.tag_name() == "BODY" || active.matches(":disabled").unwrap_or_default();
        if !document().active_element().is_none_or(is_lost) {
            return;
        }
        if let Some(element) = element(id) {
            let _ = element.focus();
        }
    }
}

/// The id of what has the focus.
pub fn focused_id() -> Option<String> {
    document().active_element().map(|active| active.id()).filter(|id| !id.is_empty())
}

/// What is in view of the rows, and what has the focus.
pub struct Place {
    /// The first row in view, and where it stands. `None` while the list's beginning is in view: what comes in front is
    /// then to be seen.
    row: Option<(web_sys::Element, f64)>,
    focused: Option<HtmlElement>,
}

impl Place {
    /// As it is now; `above` stands for the rows above those of `body`.
    pub fn of_rows(above: &HtmlElement, body: &HtmlElement) -> Self {
        let top = |element: &web_sys::Element| element.get_bounding_client_rect().top();
        let mut row = None;
        if top(above) < 0.0 {
            row = body.first_element_child();
            while let Some(above) = row.take_if(|row| row.get_bounding_client_rect().bottom() <= 0.0) {
                row = above.next_element_sibling();
            }
        }
        let focused = document().active_element().and_then(|active| active.dyn_into().ok());
        Self { row: row.map(|row| (row.clone(), top(&row))), focused }
    }

    /// By how many pixels the row has moved: 0 where it is gone.
    pub fn moved(&self) -> f64 {
        let row = self.row.as_ref().filter(|(row, _)| row.is_connected());
        row.map_or(0.0, |(row, top)| row.get_bounding_client_rect().top() - top)
    }

    /// Gives the focus back to what lost it because it moved in the document.
    pub fn give_focus_back(self) {
        let is_lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        if let Some(focused) = self.focused.filter(|focused| is_lost && focused.is_connected()) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focused.focus_with_options(&options);
        }
    }
}

/// Moves the window over the page. Ends a movement that still runs, so it is not called for nothing.
pub fn scroll_by(pixels: f64) {
    if pixels.abs() >= 1.0 {
        window().scroll_by_with_x_and_y(0.0, pixels);
    }
}

/// Puts the caret behind what is typed in a field, if it has the focus.
pub fn caret_to_end(id: &str) {
    if let Some(field) = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        let end = u32::try_from(field.value().len()).unwrap_or_default();
        let _ = field.set_selection_range(end, end);
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

/// What was typed into a field before the page answered to it.
pub fn typed_early(id: &str) -> Option<String> {
    if cfg!(feature = "ssr") {
        return None;
    }
    let field: HtmlInputElement = element(id)?.dyn_into().ok()?;
    Some(field.value()).filter(|typed| *typed != field.default_value())
}

/// The control that a click meant, by what its `data-do` says, and its value.
pub fn clicked_control(event: &web_sys::MouseEvent) -> Option<(String, String)> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let control = target.closest("[data-do]").ok()??;
    Some((control.get_attribute("data-do")?, control.get_attribute("value")?))
}

/// In pixels of CSS.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Where an element begins in the window, in pixels from its top.
pub fn top(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Puts these rows into a table's body, in which those stand that `before` is the HTML of. One that is in both stays the
/// element that it is.
pub fn place_rows(body: &HtmlElement, before: &[String], after: &[String]) {
    if before == after {
        return;
    }
    let place_before = |html: &String| before.iter().position(|before| before == html);
    let fresh: String = after.iter().filter(|html| place_before(html).is_none()).map(String::as_str).collect();
    let children = body.children();
    let old: Vec<_> = (0..children.length()).filter_map(|at| children.item(at)).collect();
    let Ok(template) = document().create_element("template").map(JsCast::unchecked_into::<HtmlTemplateElement>) else { return };
    template.set_inner_html(&fresh);
    let fresh = template.content();
    for (html, row) in before.iter().zip(&old) {
        if !after.contains(html) {
            row.remove();
        }
    }
    if body.child_element_count() == 0 {
        let _ = body.append_child(&fresh);
        return;
    }
    let mut next = body.first_element_child();
    for html in after {
        let kept = place_before(html).and_then(|at| old.get(at).cloned());
        let Some(row) = kept.or_else(|| fresh.first_element_child()) else { continue };
        if next.as_ref() == Some(&row) {
            next = row.next_element_sibling();
        } else {
            let _ = body.insert_before(&row, next.as_deref());
        }
    }
}

/// Ticks the box of each row that is chosen, by the id in it, and no other; the row's class says it to the style sheet.
pub fn tick_boxes(body: &HtmlElement, is_chosen: impl Fn(&str) -> bool) {
    let Ok(boxes) = body.query_selector_all("input[data-do=select]") else { return };
    for at in 0..boxes.length() {
        if let Some(tick) = boxes.item(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
            let is_chosen = is_chosen(&tick.value());
            tick.set_checked(is_chosen);
            if let Ok(Some(row)) = tick.closest("tr") {
                let _ = row.class_list().toggle_with_force("chosen", is_chosen);
            }
        }
    }
}

/// The body of the table of tokens.
pub fn table_rows() -> Option<HtmlElement> {
    document().query_selector("tbody.rows").ok()??.dyn_into().ok()
}

/// The height of a row in a table's body on average, of those that begin in the window: the others may not have been laid
/// out yet (style/loading.css). `None` where there is no row.
pub fn average_height_in_view(rows: &HtmlElement) -> Option<f64> {
    let first = rows.first_element_child()?;
    let top = |row: &web_sys::Element| row.get_bounding_client_rect().top();
    let mut row = first.clone();
    let mut count = 0.0;
    while let Some(next) = row.next_element_sibling().filter(|_| count == 0.0 || top(&row) < window_height()) {
        row = next;
        count += 1.0;
    }
    if count == 0.0 { average_row_height(rows) } else { Some((top(&row) - top(&first)) / count) }
}

/// The average height of the rows in a table's body; `None` where there is none.
pub fn average_row_height(rows: &HtmlElement) -> Option<f64> {
    let count = rows.child_element_count();
    (count > 0).then(|| rows.get_bounding_client_rect().height() / f64::from(count)).filter(|height| *height > 0.0)
}

/// Gives an element a height in pixels.
pub fn set_height(element: &HtmlElement, pixels: f64) {
    let _ = element.style().set_property("height", &format!("{}px", pixels as u32));
}

/// Tells a screen reader which rows of the whole table these are: the first one's number, counted from 1.
pub fn number_rows(rows: &HtmlElement, first: usize) {
    let mut row = rows.first_element_child();
    for number in first.. {
        let Some(element) = row else { return };
        let _ = element.set_attribute("aria-rowindex", &number.to_string());
        row = element.next_element_sibling();
    }
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
