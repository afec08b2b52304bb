//! Shows the dialog that is open.

use leptos::{either::EitherOf4, prelude::*};

use super::{
    change::ChangeDialog,
    generate::GenerateDialog,
    open_dialog::{Dialog, OpenDialog},
    regenerate::RegenerateDialog,
};

/// The dialog that is open, if one is.
#[component]
pub fn Dialogs() -> impl IntoView {
    let dialog: OpenDialog = expect_context();
    move || match dialog.current() {
        None => EitherOf4::A(()),
        Some(Dialog::Generate) => EitherOf4::B(view! { <GenerateDialog /> }),
        Some(Dialog::Regenerate(row)) => EitherOf4::C(view! { <RegenerateDialog row=*row /> }),
        Some(Dialog::Change(change, rows)) => EitherOf4::D(view! { <ChangeDialog change rows /> }),
    }
}
