//! The page header: the vendor's name, the navigation and the signed-in user.

use leptos::prelude::*;

use crate::{models::portal::Portal, paths};

use super::theme_switch::ThemeSwitch;

/// The header, preceded by the skip link. Without a [`Portal`] context, as when the server lists the routes, it shows no names.
#[component]
pub fn Header() -> impl IntoView {
    let Portal { vendor, has_logo, user, theme, is_form_answer, .. } = use_context().unwrap_or_default();
    view! {
        // Without `rel="external"` the router would treat it as another page.
        <a class="skip" href="#main" rel="external">"Skip to the content"</a>
        <header class="top">
            <a class="top-brand" href=paths::HOME>
                // The vendor's name follows, so the alternative text is empty.
                {has_logo.then(|| view! { <img class="top-logo" src=paths::LOGO alt="" /> }.into_any())}
                <span class="top-vendor" translate="no">{vendor}</span>
                <span>"Registry Tokens"</span>
            </a>
            {user.is_some().then(|| view! { <nav class="top-nav" aria-label="Portal"><a href=paths::HOME>"My Projects"</a></nav> }.into_any())}
            {(!is_form_answer).then(|| view! { <ThemeSwitch theme /> }.into_any())}
            {user.map(|user| view! {
                <form class="top-person" method="post" action=paths::SIGN_OUT>
                    <bdi translate="no">{user}</bdi>
                    <button class="button button-quiet" type="submit">"Sign out"</button>
                </form>
            }.into_any())}
        </header>
    }
}
