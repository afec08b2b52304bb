//! The actions of a token, on its own page.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

use crate::{
    components::tokens::offered::offered,
    models::{project::CLOSED, token::TokenRow, token_action::TokenAction},
    paths,
};

/// Each action opens the token list with the dialog that confirms it.
#[component]
pub fn TokenActions(project_key: String, token: TokenRow, is_admin: bool, is_closed: bool) -> impl IntoView {
    let navigate = use_navigate();
    let button = |action: TokenAction| {
        let dialog = format!("{}-{}", action.slug(), token.id);
        let list = paths::tokens_with(&project_key, &format!("dialog={dialog}"));
        let navigate = navigate.clone();
        let open = move |event: ev::MouseEvent| {
            event.prevent_default();
            navigate(&list, Default::default());
        };
        view! { <button class="button" type="submit" name="dialog" value=dialog disabled=is_closed on:click=open>{action.verb()}</button> }.into_any()
    };
    view! {
        <form class="token-actions" method="get" action=paths::tokens(&project_key)>
            {offered(&token, is_admin).map(button).collect_view()}
            {is_closed.then(|| view! { <p class="quiet">{CLOSED}</p> }.into_any())}
        </form>
    }
}
