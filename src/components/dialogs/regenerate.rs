//! *Re-generate Secret*: says what it breaks, offers to keep the former secret working for a while, then shows the new one.

use leptos::{html, prelude::*};

use crate::{
    api::tokens::regenerate_secret,
    components::{
        common::{
            date_time::local_text,
            field::{select_option, sync_select},
            hydrated::use_hydrated,
            modal::CONSEQUENCE_ID,
            scope::PageScope,
            text::whole,
        },
        open_dialog::OpenDialog,
        tokens::{
            focus::{Focus, FocusTarget, RowControl},
            token_list::ProjectTokens,
        },
    },
    error::AppError,
    models::{
        secret_words,
        text::isolated,
        token::{Overlap, RevealedSecret, TokenRow},
        token_action::TokenAction,
        usage_words,
    },
};

use super::{
    confirm::{Confirm, ConfirmDialog},
    secret_reveal_once::{QUESTION, SecretRevealOnce},
};

/// Shows the form, then the secret.
#[component]
pub fn RegenerateDialog(row: TokenRow) -> impl IntoView {
    let secret = RwSignal::new(None::<RevealedSecret>);
    let opener = FocusTarget::Row { ids: vec![row.id.clone()], control: RowControl::Action(TokenAction::Regenerate.slug()) };
    view! {
        {move || {
            let opener = opener.clone();
            if let Some(obstacles) = secret.with(|secret| secret.as_ref().map(|secret| secret.obstacles)) {
                let said = secret_words::new_secret(obstacles);
                view! { <SecretRevealOnce secret said opener /> }.into_any()
            } else {
                view! { <RegenerateForm row=row.clone() secret opener /> }.into_any()
            }
        }}
    }
}

/// The form, with the consequence first.
#[component]
fn RegenerateForm(row: TokenRow, secret: RwSignal<Option<RevealedSecret>>, opener: FocusTarget) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let scope: PageScope = expect_context();

    let refused = dialog.take_refused();
    let (picked, refusal) = refused.map(|refused| (refused.overlap, Some(refused.error))).unwrap_or_default();
    let (is_loading, error) = (RwSignal::new(false), RwSignal::new(refusal));
    let slug = RwSignal::new(picked.slug().to_owned());
    let overlap = move || slug.with(|slug| Overlap::parse(slug).unwrap_or_default());
    let on_close = Callback::new(move |()| {
        dialog.close();
        focus.request(opener.clone());
    });
    // If another user was first, the next try is about the state that the refreshed list shows. After any other error it is
    // not: if the response of a first try was lost, a second one must not end the secret that the first one kept.
    let (opened, is_first) = (row.clone(), StoredValue::new(true));
    let on_submit = Callback::new(move |()| {
        let known = if is_first.get_value() { opened.clone() } else { untrack(|| tokens.latest(&opened)) };
        let regenerating = regenerate_secret(tokens.key(), known.id, known.generation, untrack(overlap));
        scope.spawn(async move {
            match regenerating.await {
                Ok(new) => {
                    secret.try_set(Some(new));
                }
                // Another user may have changed the token.
                Err(refusal) => {
                    is_loading.try_set(false);
                    if matches!(refusal, AppError::Conflict(_)) {
                        is_first.try_set_value(false);
                    }
                    error.try_set(Some(refusal));
                    tokens.refresh();
                }
            }
        });
    });
    let confirm = Confirm {
        title: format!("Re-generate the secret of {}", isolated(&row.name)),
        slug: TokenAction::Regenerate.slug(),
        button: TokenAction::Regenerate.verb().to_owned(),
        is_destructive: true,
        is_possible: true.into(),
        question: Some(QUESTION),
        token: Some(row.clone()),
        field_name: "",
    };
    let is_local = use_hydrated();
    let shown = row.clone();
    let used = move || usage_words::sentence(&tokens.latest(&row), tokens.now.get(), |at| local_text(at, is_local.get()));
    let breaks = move || secret_words::before_new_secret(&tokens.latest(&shown), overlap());
    view! {
        <ConfirmDialog confirm is_loading error on_submit on_close>
            <p id=CONSEQUENCE_ID class="consequence" inner_html=whole(used)></p>
            <OverlapSelect slug first=picked />
            <p inner_html=whole(breaks)></p>
        </ConfirmDialog>
    }
}

/// How long the former secret keeps working. `first` is the option that the server renders as selected.
#[component]
fn OverlapSelect(slug: RwSignal<String>, first: Overlap) -> impl IntoView {
    let field = NodeRef::<html::Select>::new();
    sync_select(field, slug.into(), || (), move |picked| slug.set(picked));
    let option = |overlap: Overlap| select_option(overlap.slug().to_owned(), overlap.label().to_owned(), overlap == first);
    view! {
        <div class="field">
            <label for="overlap">"Keep the old secret working"</label>
            <select id="overlap" name="overlap" node_ref=field on:change=move |event| slug.set(event_target_value(&event))>
                {Overlap::ALL.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
