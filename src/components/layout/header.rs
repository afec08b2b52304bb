//! The header of every page: whose portal it is, where one can go, and who is signed in.

use leptos::prelude::*;

use crate::{models::portal::Portal, paths};

use super::theme_switch::ThemeSwitch;

/// The header, after the link that skips it. Outside the portal's context, as where the server lists the routes, it names
/// nobody.
#[component]
pub fn Header() -> impl IntoView {
    let Portal { vendor, has_logo, user, theme, is_form_answer, .. } = use_context().unwrap_or_default();
    view! {
        // The router would take it for another page.
        <a class="skip" href="#main" rel="external">"Skip to the content"</a>
        <header class="top">
            <a class="top-brand" href=paths::HOME>
                // The name stands beside it.
                {has_logo.then(|| view! { <img class="top-logo" src=paths::LOGO alt="" /> })}
                <span class="top-vendor" translate="no">{vendor}</span>
                <span>"Registry Tokens"</span>
            </a>
            {user.is_some().then(|| view! { <nav class="top-nav" aria-label="Portal"><a href=paths::HOME>"My Projects"</a></nav> })}
            {(!is_form_answer).then(|| view! { <ThemeSwitch theme /> })}
            {user.map(|user| view! {
                <form class="top-person" method="post" action=paths::SIGN_OUT>
                    <bdi translate="no">{user}</bdi>
                    <button class="button button-quiet" type="submit">"Sign out"</button>
                </form>
            })}
        </header>
    }
}
