//! The frame of every dialog that changes tokens: the consequence, the safe way out, the button that does it.

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

/// What a dialog is called and does.
pub struct Confirm {
    pub title: String,
    /// The last part of the form's address.
    pub slug: &'static str,
    pub button: String,
    /// Ends something: the safe choice has the focus.
    pub is_destructive: bool,
    /// Whether there is anything to do.
    pub is_possible: bool,
    /// Asked before the page is left while the change is on its way.
    pub question: Option<&'static str>,
    /// The token, where it is one: a form without a script names it.
    pub token: Option<TokenRow>,
    /// The name of the field that is typed into: it says itself what is wrong with it.
    pub field_name: &'static str,
}

/// The dialog. `children` say what will happen; fields among them go with the form where no script runs.
#[component]
pub fn ConfirmDialog<C: IntoView + 'static>(
    confirm: Confirm,
    /// Whether the change is on its way; it is set before `on_submit` is called. The dialog stays until then.
    is_loading: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    on_submit: Callback<()>,
    on_close: Callback<()>,
    /// What is typed into, if anything: it has the focus once it was refused.
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
                {owner.map(|owner| view! { <p class="quiet" translate="no">{owner}</p> })}
                {token.map(|token| view! {
                    <input type="hidden" name="token_id" value=token.id />
                    <input type="hidden" name="generation" value=token.generation.to_string() />
                })}
                {children()}
                <Alert error=Signal::derive(move || error.get().filter(|error| error.at(field_name).is_none())) />
                <div class="modal-actions">
                    <CancelButton autofocus={is_destructive || !is_possible} button=cancel />
                    <button
                        class=look
                        type="submit"
                        autofocus={!is_destructive && is_possible}
                        disabled=move || is_loading.get() || !is_possible
                        aria-busy=move || is_loading.get().then_some("true")
                    >
                        {button}
                    </button>
                </div>
            </form>
        </Modal>
    }
}
