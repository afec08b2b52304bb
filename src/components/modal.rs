//! A dialog over the page, on the browser's own `<dialog>`: focus stays in it and returns to what opened it.

use leptos::{ev, html, prelude::*};

use crate::browser;

/// Closes the dialog that a component stands in.
#[derive(Clone, Copy, Default)]
pub struct ModalHandle(NodeRef<html::Dialog>);

impl ModalHandle {
    /// Closes it: the focus returns first, then `on_close` is called.
    pub fn close(self) {
        if let Some(dialog) = self.0.get_untracked() {
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
    #[prop(into, default = Signal::stored(true))]
    dismissable: Signal<bool>,
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

/// The safe way out has this id: it takes a focus that is lost in the dialog.
pub const CANCEL_ID: &str = "dialog-cancel";

/// The safe way out, which has the focus in a dialog that destroys something. Without a script it is a form that asks
/// for the page without the dialog.
#[component]
pub fn CancelButton(#[prop(default = false)] autofocus: bool) -> impl IntoView {
    let modal = use_context::<ModalHandle>();
    let cancel = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(modal) = modal {
            modal.close();
        }
    };
    view! {
        <button id=CANCEL_ID class="button" type="submit" form="open-dialog" autofocus=autofocus on:click=cancel>"Cancel"</button>
    }
}
