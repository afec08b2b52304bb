//! The frame of every dialog that changes tokens: the consequence, *Cancel* and the confirm button.

use leptos::{ev, html, prelude::*};

use crate::{
    components::{
        common::{
            alert::Alert,
            modal::{CancelButton, Modal, refocus_when_refused},
        },
        tokens::token_list::ProjectTokens,
    },
    error::AppError,
    models::{change_words, token::TokenRow},
    paths,
};

/// The settings of a confirmation dialog.
pub struct Confirm {
    pub title: String,
    /// The last path segment of the form's address.
    pub slug: &'static str,
    pub button: String,
    /// Whether the change is destructive. If so, *Cancel* has the initial focus.
    pub is_destructive: bool,
    /// Whether there is anything to change.
    pub is_possible: Signal<bool>,
    /// The question to ask before the user leaves the page while the change is running.
    pub question: Option<&'static str>,
    /// The token, if there is exactly one. The no-JavaScript form sends its id.
    pub token: Option<TokenRow>,
    /// The name of the text field, which shows its own error.
    pub field_name: &'static str,
}

/// The dialog. `children` describe the consequence; form fields among them are submitted without JavaScript.
#[component]
pub fn ConfirmDialog<C: IntoView + 'static>(
    confirm: Confirm,
    /// Whether the change is running. It is set before `on_submit` is called. Meanwhile the dialog stays open.
    is_loading: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    on_submit: Callback<()>,
    on_close: Callback<()>,
    /// The text field, if any. It receives the focus after it was refused.
    #[prop(optional)]
    field: NodeRef<html::Input>,
    children: TypedChildren<C>,
) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let Confirm { title, slug, button, is_destructive, is_possible, question, token, field_name } = confirm;
    let children = children.into_inner();
    let cancel = NodeRef::<html::Button>::new();
    refocus_when_refused(error, move |refusal| {
        let field = field.try_get_untracked().flatten().filter(|_| refusal.at(field_name).is_some());
        field.map(Into::into).or_else(|| cancel.try_get_untracked().flatten().map(Into::into))
    });
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());
    let owner = token.as_ref().filter(|_| is_admin).map(change_words::owner);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !is_loading.get_untracked() {
            is_loading.set(true);
            error.set(None);
            on_submit.run(());
        }
    };
    let (role, look) = if is_destructive { ("alertdialog", "button button-danger") } else { ("dialog", "button button-primary") };
    view! {
        <Modal id="confirm-title" title role dismissable=Signal::derive(move || !is_loading.get()) question on_close>
            <form method="post" action=paths::token_form(&tokens.key(), slug) on:submit=submit>
                {owner.map(|owner| view! { <p class="quiet" translate="no">{owner}</p> }.into_any())}
                {token.map(|token| view! {
                    <input type="hidden" name="token_id" value=token.id />
                    <input type="hidden" name="generation" value=token.generation.to_string() />
                }.into_any())}
                {children()}
                <Alert error=Signal::derive(move || error.get().filter(|error| error.at(field_name).is_none())) />
                <div class="modal-actions">
                    <CancelButton autofocus={is_destructive || !is_possible.get_untracked()} button=cancel />
                    <button
                        class=look
                        type="submit"
                        autofocus={!is_destructive && is_possible.get_untracked()}
                        disabled=move || is_loading.get() || !is_possible.get()
                        aria-busy=move || is_loading.get().then_some("true")
                    >
                        {button}
                    </button>
                </div>
            </form>
        </Modal>
    }
}
