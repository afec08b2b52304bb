//! A dialog over the page, on the browser's own `<dialog>`: the focus stays in it, and returns to what opened it.

use std::rc::Rc;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::{
    dom::{dialog::show_modal, focus, leave_guard::LeaveGuard},
    error::AppError,
};

use super::{effect::effect, text::whole};

/// The id of what a dialog says first, which is read aloud with its title: what it does, or breaks.
pub const CONSEQUENCE_ID: &str = "consequence";

/// Finds the control that an error is about.
type FindControl = Rc<dyn Fn(&AppError) -> Option<HtmlElement>>;

/// The dialog that a component stands in.
#[derive(Clone, Copy)]
struct OpenModal {
    element: NodeRef<html::Dialog>,
    dismissable: Signal<bool>,
    on_refused: Option<Callback<()>>,
    on_close: Callback<()>,
}

impl OpenModal {
    /// Closes the element before it is removed: so the focus goes back to what opened it.
    fn dismiss(self) {
        if let Some(dialog) = self.element.get_untracked() {
            dialog.close();
        }
        self.on_close.run(());
    }

    fn on_escape(self, event: &ev::KeyboardEvent) {
        if event.key() == "Escape" && !self.dismissable.get_untracked() {
            event.prevent_default();
            if let Some(on_refused) = self.on_refused {
                on_refused.run(());
            }
        }
    }

    fn on_cancel(self, event: &ev::Event) {
        event.prevent_default();
        if self.dismissable.get_untracked() {
            self.dismiss();
        }
    }

    /// Chromium closes a dialog at the second Escape whatever the page says. The event comes after the removal, too.
    fn on_closed(self) {
        match (self.dismissable.try_get_untracked(), self.element.try_get_untracked().flatten()) {
            (Some(true), _) => self.on_close.run(()),
            (Some(false), Some(dialog)) => show_modal(&dialog),
            _ => {}
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
    #[prop(into)]
    dismissable: Signal<bool>,
    /// Asked before the page is left while the dialog may not be closed: it shows, or is about to show, what cannot be shown
    /// again.
    #[prop(default = None)]
    question: Option<&'static str>,
    /// Called where somebody tries to close it while that does nothing.
    #[prop(default = None)]
    on_refused: Option<Callback<()>>,
    /// Removes the dialog.
    on_close: Callback<()>,
    children: TypedChildren<C>,
) -> impl IntoView {
    let children = children.into_inner();
    let element = NodeRef::new();
    let modal = OpenModal { element, dismissable, on_refused, on_close };
    provide_context(modal);
    effect(move || {
        if let Some(dialog) = element.get() {
            show_over_page(&dialog);
        }
        if let Some(question) = question {
            // It ends with the dialog.
            StoredValue::new_local(LeaveGuard::new(question, move || dismissable.try_get_untracked() == Some(false)));
        }
    });
    view! {
        <dialog
            node_ref=element
            class="modal"
            role=role
            aria-labelledby=id
            aria-describedby=CONSEQUENCE_ID
            open=true
            on:keydown=move |event| modal.on_escape(&event)
            on:cancel=move |event| modal.on_cancel(&event)
            on:close=move |_| modal.on_closed()
        >
            // The next dialog may be rendered into the same elements.
            <h2 id=id inner_html=whole(move || title.clone())></h2>
            {children()}
        </dialog>
    }
}

/// Opens it over the page. What has the focus in a dialog that the server rendered keeps it.
fn show_over_page(dialog: &HtmlDialogElement) {
    let focused = focus::focused().filter(|focused| dialog.contains(Some(focused)));
    show_modal(dialog);
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        focus::without_scrolling(&focused);
    }
}

/// The safe way out, which has the focus in a dialog that destroys something; none while the dialog may not be closed.
/// Without a script it is a form that asks for the page without the dialog.
#[component]
pub fn CancelButton(#[prop(default = false)] autofocus: bool, #[prop(optional)] button: NodeRef<html::Button>) -> impl IntoView {
    let modal: OpenModal = expect_context();
    let cancel = move |event: ev::MouseEvent| {
        event.prevent_default();
        modal.dismiss();
    };
    view! {
        <button
            node_ref=button
            class="button"
            type="submit"
            form="open-dialog"
            autofocus=autofocus
            disabled=move || !modal.dismissable.get()
            on:click=cancel
        >
            "Cancel"
        </button>
    }
}

/// Once a dialog's form was refused, gives a focus that was lost to this control: the button that sent the form was disabled.
pub fn refocus_when_refused(error: RwSignal<Option<AppError>>, control: impl Fn(&AppError) -> Option<HtmlElement> + 'static) {
    let control: FindControl = Rc::new(control);
    let mut is_first = true;
    effect(move || {
        let refusal = error.get().filter(|_| !is_first);
        is_first = false;
        let Some(refusal) = refusal else { return };
        let control = control.clone();
        // It is enabled again by then.
        request_animation_frame(move || {
            if focus::is_lost()
                && let Some(control) = control(&refusal)
            {
                let _ = control.focus();
            }
        });
    });
}
