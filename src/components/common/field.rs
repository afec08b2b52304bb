//! Fields whose value the page keeps. The server renders the value; what somebody types before the page hydrates counts.

use leptos::{html, prelude::*};

use super::effect::effect;

/// Keeps a text field and a value the same, from hydration on. Give the field its first value as an attribute, and set the
/// value on `input`; not as a property, which would overwrite what was typed before hydration.
pub fn sync_input(field: NodeRef<html::Input>, value: Signal<String>, typed: impl Fn(String) + 'static) {
    let mut is_synced = false;
    effect(move || {
        let value = value.get();
        let Some(field) = field.get() else { return };
        // Blanks around it are no other value.
        if field.value().trim() == value.trim() {
        } else if is_synced {
            field.set_value(&value);
        } else {
            typed(field.value());
        }
        is_synced = true;
    });
}

/// The same for a dropdown. `options` is tracked: a list of options that changes loses its choice.
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

/// One line of a dropdown.
pub fn select_option(value: String, label: String, is_selected: bool) -> impl IntoView {
    view! { <option value=value selected=is_selected>{label}</option> }
}
