//! The frame of every dialog that changes tokens: the consequence, the safe way out, the button that does it.

use std::{future::Future, pin::Pin, sync::Arc};

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    error::AppError,
    models::token::{RevealedSecret, TokenRow},
};

use super::{
    alert::{Alert, SignInAgain},
    modal::{CANCEL_ID, CancelButton, Modal, ModalHandle},
    shared::shared,
    tokens::{NoticeText, Tokens},
};

/// What an action led to.
pub enum Outcome {
    /// One line for the page.
    Said(NoticeText),
    /// A secret to show once.
    Secret(RevealedSecret),
}

/// Does the action. Boxed, so that the code around it is there once and not once for each dialog.
pub type Perform = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Outcome, AppError>>>> + Send + Sync>;

/// Boxes an action.
pub fn perform<F: Future<Output = Result<Outcome, AppError>> + 'static>(
    action: impl Fn() -> F + Send + Sync + 'static,
) -> Perform {
    Arc::new(move || Box::pin(action()))
}

/// What a dialog says and what its button is called.
pub struct Confirm {
    pub title: String,
    /// The last part of the form's address.
    pub slug: &'static str,
    pub button: String,
    /// Ends something: the safe choice has the focus.
    pub is_destructive: bool,
    /// Whether there is anything to do.
    pub is_possible: bool,
    /// The ids of what gets the focus back: what opened it, and what stands in for that where it has gone.
    pub focus: Vec<String>,
    /// The token, where it is one: a form without a script names it.
    pub token: Option<TokenRow>,
}

/// The dialog. `children` say what will happen; fields among them go with the form where no script runs.
#[component]
pub fn ConfirmDialog<C: IntoView + 'static>(confirm: Confirm, perform: Perform, children: TypedChildren<C>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let Confirm { title, slug, button, is_destructive, is_possible, focus, token } = confirm;
    let (children, modal) = (children.into_inner(), ModalHandle::default());
    // While it is under way the dialog stays: a new secret is shown, a change is told.
    let idle = RwSignal::new(true);
    let refused = tokens.refused.try_update_value(Option::take).flatten();
    let error = RwSignal::new(refused.map(|refused| refused.error));
    let after = focus.clone();
    let close = Callback::new(move |()| {
        tokens.dialog.set(None);
        tokens.keep_focus(focus.clone());
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !idle.get_untracked() {
            return;
        }
        idle.set(false);
        error.set(None);
        let (action, after) = (perform(), after.clone());
        spawn_local(async move {
            let outcome = action.await;
            idle.set(true);
            match outcome {
                Ok(Outcome::Secret(secret)) => {
                    modal.close();
                    tokens.revealed.set(Some(secret));
                }
                Ok(Outcome::Said(notice)) => {
                    tokens.notice.set(Some(notice));
                    modal.close();
                    tokens.refresh(after);
                }
                Err(refusal) => {
                    // Somebody else may have changed the token meanwhile: the list shows how.
                    error.set(Some(refusal));
                    tokens.keep_focus(vec![CANCEL_ID.to_owned()]);
                    tokens.refresh(Vec::new());
                }
            }
        });
    };
    let look = if is_destructive { "button button-danger" } else { "button button-primary" };
    view! {
        <Modal
            id="confirm-title"
            title
            role=if is_destructive { "alertdialog" } else { "dialog" }
            handle=modal
            dismissable=idle
            on_close=close
        >
            <form method="post" action=tokens.form_action(slug) on:submit=submit>
                {token.map(|token| view! {
                    <input type="hidden" name="token_id" value=token.id />
                    <input type="hidden" name="generation" value=token.generation.to_string() />
                })}
                {children()}
                <Alert text=move || error.get().map(|error| error.to_string()).unwrap_or_default() />
                <SignInAgain error />
                <div class="modal-actions">
                    <CancelButton autofocus={is_destructive || !is_possible} dismissable=idle />
                    <button
                        class=look
                        type="submit"
                        autofocus={!is_destructive && is_possible}
                        disabled=shared(move || !idle.get() || !is_possible)
                        aria-busy=shared(move || (!idle.get()).then_some("true"))
                    >
                        {button}
                    </button>
                </div>
            </form>
        </Modal>
    }
}
