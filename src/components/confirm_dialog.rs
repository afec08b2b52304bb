//! The dialog of everything done to one token: the consequence, the safe way out, the button that does it.

use std::{future::Future, pin::Pin, sync::Arc};

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    error::AppError,
    models::token::{RevealedSecret, TokenRow},
};

use super::{
    modal::{CancelButton, Modal, ModalHandle},
    tokens_island::Tokens,
};

/// What an action led to.
pub enum Outcome {
    /// A sentence for the page.
    Said(String),
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
    /// The last part of the form's address; also names the row's button, which gets the focus back.
    pub slug: &'static str,
    pub button: &'static str,
    /// Ends something: the safe choice has the focus.
    pub is_destructive: bool,
    /// Whether there is anything to do.
    pub is_possible: bool,
}

/// The dialog. `children` say what will happen; fields among them go with the form where no script runs.
#[component]
pub fn ConfirmDialog<C: IntoView + 'static>(
    row: TokenRow,
    confirm: Confirm,
    perform: Perform,
    children: TypedChildren<C>,
) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let row_button = format!("{}-{}", confirm.slug, row.id);
    let close = Callback::new(move |()| {
        tokens.dialog.set(None);
        tokens.keep_focus(vec![row_button.clone()]);
    });
    let role = if confirm.is_destructive { "alertdialog" } else { "dialog" };
    let title = confirm.title.clone();
    view! {
        <Modal id="confirm-title" title role on_close=close>
            <ConfirmForm row confirm perform children />
        </Modal>
    }
}

#[component]
fn ConfirmForm<C: IntoView + 'static>(
    row: TokenRow,
    confirm: Confirm,
    perform: Perform,
    children: TypedChildren<C>,
) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let children = children.into_inner();
    let pending = RwSignal::new(false);
    let error = RwSignal::new(tokens.refused.try_update_value(Option::take).flatten().map(|refused| refused.error));
    let Confirm { slug, button, is_destructive, is_possible, .. } = confirm;
    let row_button = format!("{slug}-{}", row.id);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        error.set(None);
        let (action, row_button) = (perform(), row_button.clone());
        spawn_local(async move {
            let outcome = action.await;
            pending.set(false);
            let close = || {
                if let Some(modal) = modal {
                    modal.close();
                }
            };
            match outcome {
                Ok(Outcome::Secret(secret)) => {
                    close();
                    tokens.revealed.set(Some(secret));
                }
                Ok(Outcome::Said(sentence)) => {
                    tokens.say(sentence);
                    close();
                    tokens.refresh(vec![row_button]);
                }
                Err(refusal) => {
                    // Somebody else may have changed the token meanwhile: the list shows how.
                    error.set(Some(refusal));
                    tokens.refresh(Vec::new());
                }
            }
        });
    };
    let look = if is_destructive { "button button-danger" } else { "button button-primary" };
    view! {
        <form method="post" action=tokens.form_action(slug) on:submit=submit>
            <input type="hidden" name="token_id" value=row.id />
            <input type="hidden" name="generation" value=row.generation.to_string() />
            {children()}
            {move || error.get().map(|error| view! { <p class="alert" role="alert">{error.to_string()}</p> })}
            <div class="modal-actions">
                <CancelButton autofocus={is_destructive || !is_possible} />
                <button
                    class=look
                    type="submit"
                    autofocus={!is_destructive && is_possible}
                    disabled=move || pending.get() || !is_possible
                    aria-busy=move || pending.get().then_some("true")
                >
                    {button}
                </button>
            </div>
        </form>
    }
}
