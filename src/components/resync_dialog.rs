//! *Re-sync Products*: shows exactly what it adds, then adds it.

use leptos::{either::Either, ev, prelude::*, task::spawn_local};

use crate::{api::tokens::resync_token, error::AppError, models::token::TokenRow};

use super::{
    modal::{CancelButton, Modal, ModalHandle},
    token_table::in_words,
    tokens_island::Tokens,
};

/// What a token gains, before it does.
#[component]
pub fn ResyncDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let close = Callback::new(move |()| tokens.dialog.set(None));
    let title = format!("Re-sync products of {}", row.name);
    view! {
        <Modal id="resync-title" title on_close=close>
            <ResyncForm row />
        </Modal>
    }
}

#[component]
fn ResyncForm(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<AppError>);
    let nothing = row.to_add.is_empty();
    let (id, name) = (row.id.clone(), row.name.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let (id, name) = (id.clone(), name.clone());
        spawn_local(async move {
            let outcome = resync_token(tokens.project_key(), id.clone()).await;
            pending.set(false);
            match outcome {
                Ok(added) => {
                    let added: Vec<&str> = added.iter().map(String::as_str).collect();
                    tokens.say(match added[..] {
                        [] => format!("{name} held every product already."),
                        _ => format!("{name} opens the images of {} from now on. Its secret is the same.", in_words(&added)),
                    });
                    if let Some(modal) = modal {
                        modal.close();
                    }
                    tokens.refresh(vec![format!("resync-{id}")]);
                }
                Err(refusal) => error.set(Some(refusal)),
            }
        });
    };
    let to_add = row.to_add.clone();
    view! {
        <form method="post" action=tokens.form_action("resync") on:submit=submit>
            <input type="hidden" name="token_id" value=row.id />
            {if nothing {
                Either::Left(view! { <p>"There is nothing to add: it holds every product that the project is subscribed to."</p> })
            } else {
                Either::Right(view! {
                    <p>"Adds the products subscribed to since, with the same secret:"</p>
                    <ul class="added">{to_add.into_iter().map(|key| view! { <li><code>{key}</code></li> }).collect_view()}</ul>
                })
            }}
            {move || error.get().map(|error| view! { <p class="alert" role="alert">{error.to_string()}</p> })}
            <div class="modal-actions">
                <CancelButton autofocus=nothing />
                <button class="button button-primary" type="submit" disabled=move || pending.get() || nothing aria-busy=move || pending.get().then_some("true") autofocus=!nothing>
                    "Re-sync Products"
                </button>
            </div>
        </form>
    }
}
