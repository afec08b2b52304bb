//! A dialog over the page, on the browser's own `<dialog>`: focus stays in it and returns to what opened it.

use leptos::{ev, html, prelude::*};

use crate::browser;

use super::shared::shared;

/// Closes the dialog that a component stands in.
#[derive(Clone, Copy, Default)]
pub struct ModalHandle(NodeRef<html::Dialog>);

impl ModalHandle {
    /// Closes it: the focus returns first, then `on_close` is called. Does nothing where it has gone already.
    pub fn close(self) {
        if let Some(dialog) = self.0.try_get_untracked().flatten() {
            dialog.close();
        }
    }
}

/// A dialog. `id` names its title's element; the server renders it open, for where no script runs.
#[component]
pub fn Modal<C: IntoView + 'static>(
    id: &'static str,
    title: String,
    /// `alertdialog` for what destroys something.
    #[prop(default = "dialog")]
    role: &'static str,
    /// While false, Escape and whatever else a browser closes dialogs with do nothing.
    dismissable: RwSignal<bool>,
    on_close: Callback<()>,
    /// For who closes it from outside; what stands in it finds it in the context.
    #[prop(optional)]
    handle: ModalHandle,
    children: TypedChildren<C>,
) -> impl IntoView {
    let children = children.into_inner();
    let ModalHandle(node) = handle;
    provide_context(handle);
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            browser::show_modal(&dialog);
        }
    });
    let on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !dismissable.get_untracked() {
            event.prevent_default();
        }
    };
    let on_cancel = move |event: ev::Event| {
        if !dismissable.get_untracked() {
            event.prevent_default();
        }
    };
    // What it does to a token is told to whoever listens, before the buttons.
    let described = (role == "alertdialog").then_some(CONSEQUENCE_ID);
    let on_closed = move |_| match (dismissable.get_untracked(), node.get_untracked()) {
        // Some browsers close a dialog at the second Escape whatever the page says.
        (false, Some(dialog)) => browser::show_modal(&dialog),
        _ => on_close.run(()),
    };
    view! {
        <dialog
            node_ref=node
            class="modal"
            role=role
            aria-labelledby=id
            aria-describedby=described
            open=true
            on:keydown=on_escape
            on:cancel=on_cancel
            on:close=on_closed
        >
            <h2 id=id>{title}</h2>
            {children()}
        </dialog>
    }
}

/// In a dialog that destroys something, what says what that breaks has this id.
pub const CONSEQUENCE_ID: &str = "consequence";

/// The safe way out has this id: it takes a focus that is lost in the dialog.
pub const CANCEL_ID: &str = "dialog-cancel";

/// The safe way out, which has the focus in a dialog that destroys something; none while the dialog may not be closed.
/// Without a script it is a form that asks for the page without the dialog.
#[component]
pub fn CancelButton(#[prop(default = false)] autofocus: bool, dismissable: RwSignal<bool>) -> impl IntoView {
    let modal = use_context::<ModalHandle>();
    let cancel = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(modal) = modal {
            modal.close();
        }
    };
    view! {
        <button
            id=CANCEL_ID
            class="button"
            type="submit"
            form="open-dialog"
            autofocus=autofocus
            disabled=shared(move || !dismissable.get())
            on:click=cancel
        >
            "Cancel"
        </button>
    }
}
