//! *Re-sync Products*: shows exactly what it adds, then adds it.

use leptos::{either::Either, prelude::*};

use crate::{
    api::tokens::resync_token,
    models::{token::TokenRow, words::in_words},
};

use super::{
    confirm_dialog::{Confirm, ConfirmDialog, Outcome, perform},
    tokens_island::Tokens,
};

/// What a token gains, before it does.
#[component]
pub fn ResyncDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let (project, id, name) = (tokens.project_key(), row.id.clone(), row.name.clone());
    let resync = perform(move || {
        let (resyncing, name) = (resync_token(project.clone(), id.clone()), name.clone());
        async move {
            let added = resyncing.await?;
            Ok(Outcome::Said(if added.is_empty() {
                format!("{name} held every product already.")
            } else {
                format!("{name} opens the images of {} from now on. Its secret is the same.", in_words(&added))
            }))
        }
    });
    let to_add = row.to_add.clone();
    let confirm = Confirm {
        title: format!("Re-sync products of {}", row.name),
        slug: "resync",
        button: "Re-sync Products",
        is_destructive: false,
        is_possible: !to_add.is_empty(),
    };
    view! {
        <ConfirmDialog row confirm perform=resync>
            {if to_add.is_empty() {
                Either::Left(view! { <p>"There is nothing to add: it holds every product that the project is subscribed to."</p> })
            } else {
                Either::Right(view! {
                    <p>"Adds the products subscribed to since, with the same secret:"</p>
                    <ul class="added">{to_add.into_iter().map(|key| view! { <li><code>{key}</code></li> }).collect_view()}</ul>
                })
            }}
        </ConfirmDialog>
    }
}
