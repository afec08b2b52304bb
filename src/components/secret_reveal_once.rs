//! The new secret, once: the one moment of the page that cannot be repeated.

use leptos::{ev, prelude::*};

use crate::browser;

use super::{
    copy_field::CopyField,
    modal::{Modal, ModalHandle},
    shared::shared,
    snippet_list::SnippetList,
    snippets::{self, Login},
    tokens::{NoticeText, Offer, Tokens},
};

/// Login name, masked secret and what to paste into each tool. It does not close, nor is the page left without a
/// question, before the secret was copied or saved or the box is ticked; then the secret is gone from the page.
#[component]
pub fn SecretRevealOnce() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let stored = RwSignal::new(false);
    guard_leaving(tokens, stored);
    let name =
        tokens.revealed.with_untracked(|secret| secret.as_ref().map(|secret| secret.token_name.clone())).unwrap_or_default();
    // A token that is listed already has a new secret: the focus goes back to its row. A new one has no row yet.
    let opener = tokens.list.with_untracked(|list| {
        let listed = list.tokens.iter().find(|token| token.name() == name);
        listed.map(|token| format!("regenerate-{}", token.id()))
    });
    let said = match opener {
        None => format!("{name} is generated. Log in with it wherever you pull."),
        Some(_) => format!("{name} has a new secret. Put it wherever the old one was used."),
    };
    let opener = opener.unwrap_or_else(|| "generate-token".to_owned());
    let on_close = Callback::new(move |()| {
        forget(tokens);
        let (text, offer) = if tokens.is_secret_copied.get_untracked() {
            (format!("{said} The secret is still in the clipboard."), Some(Offer::ClearClipboard))
        } else {
            (said.clone(), None)
        };
        tokens.notice.set(Some(NoticeText { text, is_error: false, offer }));
        tokens.refresh(vec![opener.clone()]);
    });
    view! {
        <Modal id="secret-title" title=format!("Back up the secret of {name}") dismissable=stored on_close=on_close>
            <Revealed stored />
        </Modal>
    }
}

fn forget(tokens: Tokens) {
    tokens.revealed.set(None);
    tokens.dialog.set(None);
}

/// While the dialog is open, a page with a secret that is not stored asks before it is left. A page that is left
/// forgets the secret: browsers keep pages, to show them again at once when somebody comes back.
fn guard_leaving(tokens: Tokens, stored: RwSignal<bool>) {
    let asks = window_event_listener(ev::beforeunload, move |event| {
        if !stored.get_untracked() {
            event.prevent_default();
            // For browsers of before 2024.
            event.set_return_value("stored?");
        }
    });
    let forgets = window_event_listener(ev::pagehide, move |_| {
        forget(tokens);
        // Shown again, the list is from before the secret. This listener outlives the dialog: a page that is not shown
        // again takes it with it.
        window_event_listener(ev::pageshow, move |_| tokens.refresh(Vec::new()));
    });
    on_cleanup(move || {
        asks.remove();
        forgets.remove();
    });
}

#[component]
fn Revealed(stored: RwSignal<bool>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let shown = tokens.revealed.with_untracked(|secret| {
        secret.as_ref().map(|secret| {
            let auth = browser::to_base64(&snippets::credentials(secret));
            (secret.login_name.clone(), secret.secret.clone(), snippets::all(Login::revealed(secret, &auth)))
        })
    });
    let (login_name, value, tools) = shown.unwrap_or_default();
    let download = move |_| {
        let saved = tokens.revealed.with_untracked(|secret| {
            let Some(secret) = secret else { return false };
            browser::download(&format!("{}.txt", secret.login_name), &snippets::backup(secret)).is_ok()
        });
        if saved {
            stored.set(true);
        }
    };
    let close = move |_| {
        if let Some(modal) = modal {
            modal.close();
        }
    };
    view! {
        <p class="secret-warning">"You won't see this secret again. Back it up before you close; a lost one means Re-generate Secret."</p>
        <CopyField id="login-name" label="Login name" what="login name" value=login_name />
        <CopyField id="token-secret" label="Token Secret" what="secret" value=value masked=true autofocus=true on_copied=Callback::new(move |()| stored.set(true)) />
        <SnippetList tools copyable=true />
        <div class="modal-actions">
            <label class="tick">
                <input type="checkbox" prop:checked=stored on:change=move |event| stored.set(event_target_checked(&event)) />
                "I have stored it"
            </label>
            <button class="button" type="button" on:click=download>"Download as file"</button>
            <button class="button button-primary" type="button" disabled=shared(move || !stored.get()) on:click=close>"Close"</button>
        </div>
    }
}
