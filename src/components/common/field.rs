//! Fields whose value the page keeps. The server renders the value; what somebody types before the page hydrates counts.

use leptos::{html, prelude::*};

/// Keeps a text field and a value the same, from hydration on. Give the field its first value as an attribute, and set the
/// value on `input`; not as a property, which would overwrite what was typed before hydration.
pub fn sync_input(field: NodeRef<html::Input>, value: Signal<String>, typed: impl Fn(String) + 'static) {
    // Of one type, so that the code of the effect is there once.
    let typed: Box<dyn Fn(String)> = Box::new(typed);
    Effect::new(move |synced: Option<bool>| {
        let value = value.get();
        let Some(field) = field.get() else { return false };
        // Blanks around it are no other value.
        if field.value().trim() == value.trim() {
        } else if synced == Some(true) {
            field.set_value(&value);
        } else {
            typed(field.value());
        }
        true
    });
}

/// The same for a dropdown. `options` is tracked: a list of options that changes loses its choice.
pub fn sync_select(
    field: NodeRef<html::Select>,
    value: Signal<String>,
    options: impl Fn() + 'static,
    picked: impl Fn(String) + 'static,
) {
    let options: Box<dyn Fn()> = Box::new(options);
    let picked: Box<dyn Fn(String)> = Box::new(picked);
    Effect::new(move |synced: Option<bool>| {
        options();
        let value = value.get();
        let Some(field) = field.get() else { return false };
        if field.value() == value {
        } else if synced == Some(true) {
            field.set_value(&value);
        } else {
            picked(field.value());
        }
        true
    });
}

/// One line of a dropdown.
pub fn select_option(value: String, label: String, is_selected: bool) -> impl IntoView {
    view! { <option value=value selected=is_selected>{label}</option> }
}
