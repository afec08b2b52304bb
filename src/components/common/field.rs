//! Form fields that are bound to a signal. The server renders the value; input that the user types before hydration is kept.

use leptos::{html, prelude::*};

use super::effect::effect;

/// Syncs a text field with a value, from hydration on. Set the initial value as an attribute, and update the value on `input`. Do
/// not bind it as a property: that overwrites what the user typed before hydration.
pub fn sync_input(field: NodeRef<html::Input>, value: Signal<String>, typed: impl Fn(String) + 'static) {
    let mut is_synced = false;
    effect(move || {
        let value = value.get();
        let Some(field) = field.get() else { return };
        // Leading and trailing whitespace does not count as a difference.
        if field.value().trim() == value.trim() {
        } else if is_synced {
            field.set_value(&value);
        } else {
            typed(field.value());
        }
        is_synced = true;
    });
}

/// Like [`sync_input`], for a `<select>`. `options` must track what the options depend on: replacing them resets the selection.
pub fn sync_select(
    field: NodeRef<html::Select>,
    value: Signal<String>,
    options: impl Fn() + 'static,
    picked: impl Fn(String) + 'static,
) {
    let mut is_synced = false;
    effect(move || {
        options();
        let value = value.get();
        let Some(field) = field.get() else { return };
        if field.value() == value {
        } else if is_synced {
            field.set_value(&value);
        } else {
            picked(field.value());
        }
        is_synced = true;
    });
}

/// One `<option>` of a `<select>`.
pub fn select_option(value: String, label: String, is_selected: bool) -> AnyView {
    view! { <option value=value selected=is_selected>{label}</option> }.into_any()
}
