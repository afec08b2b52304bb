//! The dialog that shows a new secret, once.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{
    components::{
        common::{
            copy_field::{CopyField, SecretOnPage},
            modal::{CONSEQUENCE_ID, Modal},
            notifications::{IN_CLIPBOARD, Notification, NotificationAction, Notifications},
            scope::PageScope,
            text::whole,
        },
        open_dialog::OpenDialog,
        snippets::SnippetList,
        tokens::{
            focus::{Focus, FocusTarget},
            token_list::ProjectTokens,
            view::TokenView,
        },
    },
    dom::download::download,
    models::{text::isolated, token::RevealedSecret},
};

/// The question to ask before the user leaves a page with a secret that is not stored yet, or is still loading.
pub const QUESTION: &str = "The secret is not stored yet, and is not shown again. Leave it?";

/// Shows the registry, login name, masked secret and snippets for each tool. Until the secret is copied or downloaded, or the box
/// is ticked, the dialog does not close, and leaving the document asks a question. Closing removes the secret from the page.
#[component]
pub fn SecretRevealOnce(
    secret: RwSignal<Option<RevealedSecret>>,
    /// The notification after closing; it follows the token's name.
    #[prop(into)]
    said: String,
    /// What receives the focus after closing.
    opener: FocusTarget,
) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let notifications: Notifications = expect_context();
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let scope: PageScope = expect_context();
    let view: TokenView = expect_context();
    let is_stored = RwSignal::new(false);
    let on_page = SecretOnPage::default();
    provide_context(on_page);
    forget_with_the_document(dialog, tokens);

    let read = move |read: fn(&RevealedSecret) -> &String| {
        secret.with_untracked(|secret| secret.as_ref().map(read).cloned().unwrap_or_default())
    };
    let name = read(|secret| &secret.token_name);
    let tools = secret.with_untracked(|secret| secret.as_ref().map(|secret| secret.tools.clone()).unwrap_or_default());
    let title = format!("Back up the secret of {}", isolated(&name));
    let on_close = Callback::new(move |()| {
        let in_clipboard = on_page.is_in_clipboard.get_untracked();
        let more = if in_clipboard { format!(" {IN_CLIPBOARD}") } else { String::new() };
        let said = format!("{} {said}", isolated(&name));
        let action = in_clipboard.then_some(NotificationAction::ClearClipboard);
        notifications.show(Notification { text: format!("{said}{more}"), is_error: false, action });
        dialog.close();
        focus.request(opener.clone());
        let new_name = (opener == FocusTarget::GenerateButton).then(|| name.clone());
        scope.spawn(async move {
            tokens.reload().await;
            if let Some(id) = new_name.and_then(|name| view.hidden(&name)) {
                let action = Some(NotificationAction::ShowToken { id, in_clipboard });
                notifications.show(Notification { text: format!("{said} The filters hide it.{more}"), is_error: false, action });
            }
        });
    });
    let save = move |_| {
        let save = |secret: &RevealedSecret| download(&format!("{}.txt", secret.login_name), &secret.backup).is_ok();
        if secret.with_untracked(|secret| secret.as_ref().is_some_and(save)) {
            is_stored.set(true);
        }
    };
    let on_copied = Callback::new(move |()| is_stored.set(true));
    // Whether the user already tried to close the dialog too early.
    let is_told = RwSignal::new(false);
    let on_refused = Callback::new(move |()| is_told.set(true));
    view! {
        <Modal id="secret-title" title dismissable=is_stored question=Some(QUESTION) on_refused=Some(on_refused) on_close>
            <p id=CONSEQUENCE_ID class="secret-warning">
                "You won't see this secret again. Back it up before you close; a lost one means Re-generate Secret."
            </p>
            <div class="copy-lines">
                <CopyField id="registry" label="Registry" what="registry" value=read(|secret| &secret.registry) />
                <CopyField id="login-name" label="Login name" what="login name" value=read(|secret| &secret.login_name) />
                <CopyField id="token-secret" label="Token Secret" what="secret" value=read(|secret| &secret.secret) masked=true autofocus=true on_copied />
                <button class="button button-quiet" type="button" on:click=save>"Download as file"</button>
            </div>
            <SnippetList tools copyable=true />
            <SecretFooter is_stored is_told on_close />
        </Modal>
    }
}

/// What is needed before the dialog closes, the checkbox, and *Close*. `is_told` is set when the user tries to close it too
/// early.
#[component]
fn SecretFooter(is_stored: RwSignal<bool>, is_told: RwSignal<bool>, on_close: Callback<()>) -> impl IntoView {
    let is_alert = move || is_told.get() && !is_stored.get();
    let needed = move || match (is_stored.get(), is_told.get()) {
        (true, _) => "Close takes the secret off this page.",
        (_, true) => "Copy or store the secret first, then tick \u{201c}I have stored it\u{201d}.",
        _ => "Close works once the secret is copied or downloaded, or the box is ticked.",
    };
    let close = move |_| if is_stored.get_untracked() { on_close.run(()) } else { is_told.set(true) };
    view! {
        <div class="modal-actions">
            <p
                id="stored-hint"
                class="hint"
                class:field-error=is_alert
                role=move || is_alert().then_some("alert")
                inner_html=whole(move || needed().to_owned())
            ></p>
            <label class="tick">
                <input
                    type="checkbox"
                    aria-describedby="stored-hint"
                    prop:checked=is_stored
                    on:change=move |event| is_stored.set(event_target_checked(&event))
                />
                "I have stored it"
            </label>
            // Not `disabled`: it stays focusable, and a click says what is needed.
            <button
                class="button button-primary"
                type="button"
                aria-disabled=move || (!is_stored.get()).then_some("true")
                aria-describedby="stored-hint"
                on:click=close
            >
                "Close"
            </button>
        </div>
    }
}

/// Removes the secret when the user leaves the document: browsers keep documents in the back/forward cache.
fn forget_with_the_document(dialog: OpenDialog, tokens: ProjectTokens) {
    let forgets = window_event_listener(ev::pagehide, move |_| {
        dialog.close();
        // A cached document is frozen until it is shown again. Then its list is from before the new secret.
        set_timeout(move || tokens.refresh(), Duration::ZERO);
    });
    on_cleanup(move || forgets.remove());
}
