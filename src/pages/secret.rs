//! The page that shows a new secret without JavaScript: the response to the form post, shown once.

use leptos::{nonce::use_nonce, prelude::*};

use crate::{
    components::snippets::SnippetList,
    models::{secret_words, text::isolated, token::RevealedSecret},
};

/// Removes the secret when the page is left. Browsers keep pages in the back/forward cache, some even with `no-store`. It takes
/// effect only where JavaScript runs after all.
const FORGET: &str = "addEventListener('pagehide',function(){document.getElementById('revealed').replaceChildren()})";

/// Shows the registry, login name, secret and snippets, and a link back to the tokens.
#[component]
pub fn SecretPage(secret: RevealedSecret, back: String) -> impl IntoView {
    let is_blocked = !secret.obstacles.is_none();
    let blocked = is_blocked.then(|| format!("{} {}", isolated(&secret.token_name), secret_words::new_secret(secret.obstacles)));
    view! {
        <div class="secret-page">
            <h1>{format!("Back up the secret of {}", isolated(&secret.token_name))}</h1>
            <p class="secret-warning">"You won't see this secret again. Store it before you leave this page; a lost one means Re-generate Secret."</p>
            {blocked.map(|text| view! { <p>{text}</p> }.into_any())}
            <div id="revealed" class="revealed">
                <div class="field copy-line">
                    <label for="registry">"Registry"</label>
                    <input id="registry" class="mono" readonly value=secret.registry />
                </div>
                <div class="field copy-line">
                    <label for="login-name">"Login name"</label>
                    <input id="login-name" class="mono" readonly value=secret.login_name />
                </div>
                <div class="field copy-line">
                    <label for="token-secret">"Token Secret"</label>
                    <input id="token-secret" class="mono" readonly autocomplete="off" value=secret.secret />
                </div>
                <SnippetList tools=secret.tools />
            </div>
            <script nonce=use_nonce()>{FORGET}</script>
            <p><a class="button button-primary" href=back>"I have stored it: back to the tokens"</a></p>
        </div>
    }
}
