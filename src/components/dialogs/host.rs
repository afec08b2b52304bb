//! Renders the open dialog.

use leptos::prelude::*;

use crate::components::open_dialog::{Dialog, OpenDialog};

use super::{change::ChangeDialog, generate::GenerateDialog, regenerate::RegenerateDialog};

/// Renders the open dialog, if any.
#[component]
pub fn Dialogs() -> impl IntoView {
    let dialog: OpenDialog = expect_context();
    view! {
        {move || match dialog.current() {
            None => ().into_any(),
            Some(Dialog::Generate) => view! { <GenerateDialog /> }.into_any(),
            Some(Dialog::Regenerate(row)) => view! { <RegenerateDialog row=*row /> }.into_any(),
            Some(Dialog::Change(change, rows)) => view! { <ChangeDialog change rows /> }.into_any(),
        }}
    }
}
