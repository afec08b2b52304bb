//! The new secret where no script runs: shown in the answer to the form, and never again.

use leptos::prelude::*;

use crate::models::token::RevealedSecret;

/// Login name and secret, with the way back to the tokens.
#[component]
pub fn SecretPage(secret: RevealedSecret, back: String) -> impl IntoView {
    let line = crate::components::snippets::docker_login(&secret.registry, &secret.login_name);
    view! {
        <div class="secret-page">
            <h1>{format!("Back up the secret of {}", secret.token_name)}</h1>
            <p class="secret-warning">"You won't see this secret again. Store it before you leave this page; a lost one means Re-generate Secret."</p>
            <div class="field">
                <label for="login-name">"Login name"</label>
                <input id="login-name" class="mono" readonly value=secret.login_name />
            </div>
            <div class="field">
                <label for="token-secret">"Token Secret"</label>
                <input id="token-secret" class="mono" readonly autocomplete="off" value=secret.secret />
            </div>
            <pre class="snippet"><code>{line}</code></pre>
            <p><a class="button button-primary" href=back>"I have stored it: back to the tokens"</a></p>
        </div>
    }
}
