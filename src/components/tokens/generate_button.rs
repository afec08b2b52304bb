//! The *Generate Token* button: opens the dialog, or says why it is disabled.

use leptos::{html, prelude::*};

use crate::components::{
    common::{
        icon::{Icon, IconImage},
        text::whole,
    },
    open_dialog::{Dialog, OpenDialog},
};

use super::{
    focus::{Focus, FocusTarget},
    token_list::ProjectTokens,
};

/// The button. Without JavaScript it requests the page with the dialog open.
#[component]
pub fn GenerateButton() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let button = NodeRef::<html::Button>::new();
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::GenerateButton => button.try_get_untracked().flatten().map(Into::into),
        _ => None,
    });
    let refusal = Memo::new(move |_| tokens.project.with(|project| project.generate_refusal()));
    let open = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        dialog.show(Dialog::Generate);
    };
    view! {
        <div class="generate">
            <span id="generate-refusal" class="quiet" hidden=move || refusal.get().is_none()
                inner_html=whole(move || refusal.get().unwrap_or_default().to_owned())></span>
            <button
                id="generate-token"
                class="button button-primary"
                type="submit"
                form="open-dialog"
                name="dialog"
                value="generate"
                node_ref=button
                disabled=move || refusal.get().is_some()
                aria-describedby=move || refusal.get().map(|_| "generate-refusal")
                on:click=open
            >
                <IconImage icon=Icon::Plus />
                "Generate Token"
            </button>
        </div>
    }
}
