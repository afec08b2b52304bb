//! *Delete Token*: names the token, says what it breaks, cannot be undone.

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{api::tokens::delete_token, error::AppError, models::token::TokenRow};

use super::{
    modal::{CancelButton, Modal, ModalHandle},
    tokens_island::Tokens,
    usage,
};

/// The consequence first.
#[component]
pub fn DeleteDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let close = Callback::new(move |()| tokens.dialog.set(None));
    let title = format!("Delete {}", row.name);
    view! {
        <Modal id="delete-title" title role="alertdialog" on_close=close>
            <DeleteForm row />
        </Modal>
    }
}

#[component]
fn DeleteForm(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<AppError>);
    let id = row.id.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let id = id.clone();
        spawn_local(async move {
            let outcome = delete_token(tokens.project_key(), id).await;
            pending.set(false);
            match outcome {
                Ok(name) => {
                    tokens.say(format!("{name} is deleted. Logins and pulls with it fail from now on."));
                    if let Some(modal) = modal {
                        modal.close();
                    }
                    tokens.refresh(Vec::new());
                }
                Err(refusal) => error.set(Some(refusal)),
            }
        });
    };
    view! {
        <form method="post" action=tokens.form_action("delete") on:submit=submit>
            <input type="hidden" name="token_id" value=row.id.clone() />
            <p class="consequence">{usage::sentence(&row)}</p>
            <p>"Logins and pulls with " <code>{row.login_name.clone()}</code> " fail from the moment you delete it. This cannot be undone."</p>
            {move || error.get().map(|error| view! { <p class="alert" role="alert">{error.to_string()}</p> })}
            <div class="modal-actions">
                <CancelButton autofocus=true />
                <button class="button button-danger" type="submit" disabled=move || pending.get() aria-busy=move || pending.get().then_some("true")>"Delete Token"</button>
            </div>
        </form>
    }
}
