//! *Disable Token* and *Enable Token*: an admin pauses a token, with a reason, and lets it work again.

use leptos::prelude::*;

use crate::{
    api::tokens::{disable_token, enable_token},
    models::token::TokenRow,
};

use super::{
    confirm_dialog::{Confirm, ConfirmDialog, Outcome, perform},
    tokens_island::Tokens,
    usage,
};

/// Says what it breaks and asks why.
#[component]
pub fn DisableDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let reason = RwSignal::new(String::new());
    let (project, id, name) = (tokens.project_key(), row.id.clone(), row.name.clone());
    let disable = perform(move || {
        let (disabling, name) = (disable_token(project.clone(), id.clone(), reason.get_untracked()), name.clone());
        async move {
            disabling.await?;
            Ok(Outcome::Said(format!("{name} is disabled. Enable it to let its secret work again.")))
        }
    });
    let confirm = Confirm {
        title: format!("Disable {}", row.name),
        slug: "disable",
        button: "Disable Token",
        is_destructive: true,
        is_possible: true,
    };
    let used = usage::sentence(&row);
    view! {
        <ConfirmDialog row confirm perform=disable>
            <p class="consequence">{used}</p>
            <p>"Logins and pulls with it fail until somebody enables it. Its secret stays the same."</p>
            <div class="field">
                <label for="reason">"Reason"</label>
                <input id="reason" name="reason" maxlength="200" autocomplete="off" placeholder="Shown beside the status"
                    on:input=move |event| reason.set(event_target_value(&event)) />
            </div>
        </ConfirmDialog>
    }
}

/// Lets it work again.
#[component]
pub fn EnableDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let (project, id, name) = (tokens.project_key(), row.id.clone(), row.name.clone());
    let enable = perform(move || {
        let (enabling, name) = (enable_token(project.clone(), id.clone()), name.clone());
        async move {
            enabling.await?;
            Ok(Outcome::Said(format!("{name} is enabled. Its secret works again.")))
        }
    });
    let confirm = Confirm {
        title: format!("Enable {}", row.name),
        slug: "enable",
        button: "Enable Token",
        is_destructive: false,
        is_possible: true,
    };
    let why = row.status_reason.clone();
    view! {
        <ConfirmDialog row confirm perform=enable>
            {why.map(|why| view! { <p class="consequence">{why}"."</p> })}
            <p>"The same secret works again from the moment you enable it."</p>
        </ConfirmDialog>
    }
}
