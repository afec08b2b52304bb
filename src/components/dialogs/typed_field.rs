//! The text field of a dialog: a reason, or the text that confirms the change.

use leptos::{html, prelude::*};

use crate::{components::common::text::whole, error::AppError};

/// The field, with its error below. The server checks the length: a `maxlength` would count differently and cut the text.
#[component]
pub fn TypedField(
    /// The field's name in the form, also used as its id.
    name: &'static str,
    label: String,
    placeholder: &'static str,
    value: String,
    field: NodeRef<html::Input>,
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let wrong = move || error.with(|error| error.as_ref().and_then(|error| error.at(name)));
    let error_id = format!("{name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                node_ref=field
                autocomplete="off"
                placeholder=placeholder
                aria-describedby=error_id.clone()
                aria-invalid=move || wrong().map(|_| "true")
                value=value
            />
            <p
                class="field-error"
                id=error_id
                role="alert"
                hidden=move || wrong().is_none()
                inner_html=whole(move || wrong().unwrap_or_default())
            ></p>
        </div>
    }
}
