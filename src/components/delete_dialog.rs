//! *Delete Token*: names the token, says what it breaks, cannot be undone.

use leptos::prelude::*;

use crate::{api::tokens::delete_token, models::token::TokenRow};

use super::{
    confirm_dialog::{Confirm, ConfirmDialog, Outcome, perform},
    tokens_island::Tokens,
    usage,
};

/// The consequence first.
#[component]
pub fn DeleteDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let (project, id) = (tokens.project_key(), row.id.clone());
    let delete = perform(move || {
        let deleting = delete_token(project.clone(), id.clone());
        async move { Ok(Outcome::Said(format!("{} is deleted. Logins and pulls with it fail from now on.", deleting.await?))) }
    });
    let confirm = Confirm {
        title: format!("Delete {}", row.name),
        slug: "delete",
        button: "Delete Token",
        is_destructive: true,
        is_possible: true,
    };
    let (used, login_name) = (usage::sentence(&row), row.login_name.clone());
    view! {
        <ConfirmDialog row confirm perform=delete>
            <p class="consequence">{used}</p>
            <p>"Logins and pulls with " <code>{login_name}</code> " fail from the moment you delete it. This cannot be undone."</p>
        </ConfirmDialog>
    }
}
