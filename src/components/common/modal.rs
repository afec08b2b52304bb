//! A modal dialog, based on the native `<dialog>`. It traps the focus and returns it to the element that opened it.

use std::rc::Rc;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::{
    dom::{dialog::show_modal, focus, leave_guard::LeaveGuard},
    error::AppError,
};

use super::{effect::effect, text::whole};

/// The id of a dialog's first text, which says what the dialog does or breaks. Screen readers read it with the title.
pub const CONSEQUENCE_ID: &str = "consequence";

/// Finds the control that an error belongs to.
type FindControl = Rc<dyn Fn(&AppError) -> Option<HtmlElement>>;

/// The dialog that contains a component.
#[derive(Clone, Copy)]
struct OpenModal {
    element: NodeRef<html::Dialog>,
    dismissable: Signal<bool>,
    on_refused: Option<Callback<()>>,
    on_close: Callback<()>,
}

impl OpenModal {
    /// Closes the element before it is removed, so that the focus returns to the element that opened the dialog.
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

    /// Chromium closes a dialog at the second Escape even if the page prevents it. The event also arrives after the dialog is
    /// removed.
    fn on_closed(self) {
        match (self.dismissable.try_get_untracked(), self.element.try_get_untracked().flatten()) {
            (Some(true), _) => self.on_close.run(()),
            (Some(false), Some(dialog)) => show_modal(&dialog),
            _ => {}
        }
    }
}

/// A modal dialog. `id` is the id of its title element. The server renders it open, for use without JavaScript.
#[component]
pub fn Modal<C: IntoView + 'static>(
    id: &'static str,
    title: String,
    /// `alertdialog` for a destructive action.
    #[prop(default = "dialog")]
    role: &'static str,
    /// While false, Escape and the browser's other ways to close a dialog do nothing.
    #[prop(into)]
    dismissable: Signal<bool>,
    /// The question to ask before the user leaves the page while the dialog is not dismissable: it shows, or is about to show, a
    /// secret that cannot be shown again.
    #[prop(default = None)]
    question: Option<&'static str>,
    /// Called when the user presses Escape while the dialog is not dismissable.
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
            // The guard is dropped with the dialog's owner.
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
            // The next dialog may be rendered into the same elements, so the title must be replaced as a whole.
            <h2 id=id inner_html=whole(move || title.clone())></h2>
            {children()}
        </dialog>
    }
}

/// Opens the dialog as a modal. An element inside a server-rendered dialog keeps the focus that it has.
fn show_over_page(dialog: &HtmlDialogElement) {
    let focused = focus::focused().filter(|focused| dialog.contains(Some(focused)));
    show_modal(dialog);
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        focus::without_scrolling(&focused);
    }
}

/// *Cancel*. It has the initial focus in a destructive dialog, and is disabled while the dialog is not dismissable. Without
/// JavaScript it submits a form that requests the page without the dialog.
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

/// When the server refuses a dialog's form, moves a lost focus to this control. The focus is lost because the submit button was
/// disabled.
pub fn refocus_when_refused(error: RwSignal<Option<AppError>>, control: impl Fn(&AppError) -> Option<HtmlElement> + 'static) {
    let control: FindControl = Rc::new(control);
    let mut is_first = true;
    effect(move || {
        let refusal = error.get().filter(|_| !is_first);
        is_first = false;
        let Some(refusal) = refusal else { return };
        let control = control.clone();
        // The control is enabled again by the next frame.
        request_animation_frame(move || {
            if focus::is_lost()
                && let Some(control) = control(&refusal)
            {
                let _ = control.focus();
            }
        });
    });
}
