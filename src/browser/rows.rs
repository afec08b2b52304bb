//! The rows of a table, as elements of the document.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement, HtmlTemplateElement};

use super::{element, focused, window_height};

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
        let focused = focused().and_then(|focused| focused.dyn_into().ok());
        Self { row: row.map(|row| (row.clone(), top(&row))), focused }
    }

    /// By how many pixels the row has moved: 0 where it is gone.
    pub fn moved(&self) -> f64 {
        let row = self.row.as_ref().filter(|(row, _)| row.is_connected());
        row.map_or(0.0, |(row, top)| row.get_bounding_client_rect().top() - top)
    }

    /// Gives the focus back to what lost it because it moved in the document.
    pub fn give_focus_back(self) {
        let is_lost = focused().is_none();
        if let Some(focused) = self.focused.filter(|focused| is_lost && focused.is_connected()) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focused.focus_with_options(&options);
        }
    }
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

/// Takes all rows but these out of a table's body.
pub fn keep_rows(body: &HtmlElement, first: usize, count: usize) {
    let children = body.children();
    for at in (0..children.length()).rev() {
        if !(first..first + count).contains(&(at as usize))
            && let Some(row) = children.item(at)
        {
            row.remove();
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

/// Shows in the box above the rows whether all of them are chosen, or some.
pub fn tick_all(all: bool, some: bool) {
    if let Some(tick) = element("select-all").and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        tick.set_checked(all);
        tick.set_indeterminate(some);
    }
}

/// The body of the table of tokens.
pub fn body() -> Option<HtmlElement> {
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
    (count > 0).then(|| height(rows) / f64::from(count)).filter(|height| *height > 0.0)
}

/// The height of an element in pixels.
pub fn height(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().height()
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
