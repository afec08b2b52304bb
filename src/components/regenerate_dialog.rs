//! *Re-generate Secret*: says what it breaks, then shows the new secret.

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{api::tokens::regenerate_secret, error::AppError, models::token::TokenRow};

use super::{
    modal::{CancelButton, Modal, ModalHandle},
    tokens_island::Tokens,
    usage,
};

/// The consequence first.
#[component]
pub fn RegenerateDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let close = Callback::new(move |()| tokens.dialog.set(None));
    let title = format!("Re-generate the secret of {}", row.name);
    view! {
        <Modal id="regenerate-title" title role="alertdialog" on_close=close>
            <RegenerateForm row />
        </Modal>
    }
}

#[component]
fn RegenerateForm(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<AppError>);
    let (id, generation) = (row.id.clone(), row.generation);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let id = id.clone();
        spawn_local(async move {
            let outcome = regenerate_secret(tokens.project_key(), id, generation).await;
            pending.set(false);
            match outcome {
                Ok(secret) => {
                    if let Some(modal) = modal {
                        modal.close();
                    }
                    tokens.revealed.set(Some(secret));
                }
                Err(refusal) => {
                    error.set(Some(refusal));
                    tokens.refresh(Vec::new());
                }
            }
        });
    };
    let breaks = if usage::is_in_use(&row) {
        "Everything that uses the old secret fails at its next login or pull, until it has the new one."
    } else {
        "The old secret ends at once; logins and pulls with it fail from then on."
    };
    view! {
        <form method="post" action=tokens.form_action("regenerate") on:submit=submit>
            <input type="hidden" name="token_id" value=row.id.clone() />
            <input type="hidden" name="generation" value=row.generation.to_string() />
            <p class="consequence">{usage::sentence(&row)}</p>
            <p>{breaks} " A pull already running may finish."</p>
            {move || error.get().map(|error| view! { <p class="alert" role="alert">{error.to_string()}</p> })}
            <div class="modal-actions">
                <CancelButton autofocus=true />
                <button class="button button-danger" type="submit" disabled=move || pending.get() aria-busy=move || pending.get().then_some("true")>"Re-generate Secret"</button>
            </div>
        </form>
    }
}
