//! The new secret, once: the one moment of the page that cannot be repeated.

use leptos::prelude::*;

use super::{
    copy_field::CopyField,
    modal::{Modal, ModalHandle},
    snippets,
    tokens_island::Tokens,
};

/// Login name, masked secret and the line that logs docker in. It does not close before the secret was copied or the
/// box is ticked; then the secret is gone from the page.
#[component]
pub fn SecretRevealOnce() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let stored = RwSignal::new(false);
    let name =
        tokens.revealed.with_untracked(|secret| secret.as_ref().map(|secret| secret.token_name.clone())).unwrap_or_default();
    // A token that is listed already has a new secret: the focus goes back to its row. A new one has no row yet.
    let opener =
        tokens.rows.with_untracked(|rows| rows.iter().find(|row| row.name == name).map(|row| format!("regenerate-{}", row.id)));
    let opener = opener.unwrap_or_else(|| "generate-token".to_owned());
    let on_close = Callback::new(move |()| {
        tokens.revealed.set(None);
        tokens.dialog.set(None);
        tokens.refresh(vec![opener.clone()]);
    });
    view! {
        <Modal id="secret-title" title=format!("Back up the secret of {name}") dismissable=stored on_close=on_close>
            <Revealed stored />
        </Modal>
    }
}

#[component]
fn Revealed(stored: RwSignal<bool>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let (login_name, value, registry) = tokens.revealed.with_untracked(|secret| match secret {
        Some(secret) => (secret.login_name.clone(), secret.secret.clone(), secret.registry.clone()),
        None => Default::default(),
    });
    let [docker, more @ ..] = snippets::all(snippets::Login { registry: &registry, login_name: &login_name });
    let close = move |_| {
        if let Some(modal) = modal {
            modal.close();
        }
    };
    view! {
        <p class="secret-warning">"You won't see this secret again. Back it up before you close; a lost one means Re-generate Secret."</p>
        <CopyField id="login-name" label="Login name" what="login name" value=login_name />
        <CopyField id="token-secret" label="Token Secret" what="secret" value=value masked=true autofocus=true on_copied=Callback::new(move |()| stored.set(true)) />
        <CopyField id="login-line" label="Log docker in" what="command" value=docker.text />
        <p class="hint">{docker.hint}</p>
        {more.into_iter().map(|snippet| view! {
            <details class="use">
                <summary>{snippet.tool}</summary>
                <pre class="snippet" tabindex="0"><code>{snippet.text}</code></pre>
                <p class="hint">{snippet.hint}</p>
            </details>
        }).collect_view()}
        <div class="modal-actions">
            <label class="tick">
                <input type="checkbox" prop:checked=stored on:change=move |event| stored.set(event_target_checked(&event)) />
                "I have stored it"
            </label>
            <button class="button button-primary" type="button" disabled=move || !stored.get() on:click=close>"Close"</button>
        </div>
    }
}
