//! The fields of a form, as elements of the document.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

use super::set_value;

/// What stands in one field.
pub struct Filled {
    id: String,
    value: String,
    /// Whether it is ticked, where it is a radio button or a box.
    is_ticked: bool,
}

/// What stands in the fields of an element that have an id.
pub fn read(place: &Element) -> Vec<Filled> {
    let Ok(found) = place.query_selector_all("input[id], select[id]") else { return Vec::new() };
    let fields = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    fields.map(|field| Filled { id: field.id(), value: value(&field), is_ticked: super::is_ticked(&field) }).collect()
}

/// Fills the same in, as a person would: what listens to the fields hears of it.
pub fn fill(fields: Vec<Filled>) {
    for Filled { id, value: filled, is_ticked } in fields {
        let Some(field) = super::element(&id) else { continue };
        if is_ticked && !super::is_ticked(&field) {
            field.click();
        } else if value(&field) != filled {
            set_value(&field, &filled);
            for name in ["input", "change"] {
                if let Ok(event) = Event::new(name) {
                    let _ = field.dispatch_event(&event);
                }
            }
        }
    }
}

/// What stands in the field with this id, where it is not what the server rendered it with.
pub fn changed(id: &str) -> Option<String> {
    let field = document().get_element_by_id(id)?;
    let rendered = match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.default_value(),
        None => field.query_selector("option[selected]").ok()?.map(|option| value(&option)).unwrap_or_default(),
    };
    Some(value(&field)).filter(|filled| *filled != rendered)
}

fn value(field: &Element) -> String {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(list) = field.dyn_ref::<HtmlSelectElement>() {
        list.value()
    } else {
        field.get_attribute("value").unwrap_or_default()
    }
}
