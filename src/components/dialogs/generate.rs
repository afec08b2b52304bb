//! *Generate Token*: the dialog.

use leptos::{ev, html, prelude::*};

use crate::{
    api::tokens::generate_token,
    components::{
        common::{
            alert::Alert,
            field::sync_input,
            hydrated::use_hydrated,
            modal::{CONSEQUENCE_ID, CancelButton, Modal, refocus_when_refused},
            scope::PageScope,
            text::whole,
        },
        open_dialog::OpenDialog,
        tokens::{
            focus::{Focus, FocusTarget},
            token_list::ProjectTokens,
        },
    },
    error::AppError,
    models::{
        text::isolated,
        token::{RevealedSecret, TokenType},
        token_name::TokenName,
        words::in_words,
    },
    paths,
};

use super::{
    secret_reveal_once::{QUESTION, SecretRevealOnce},
    type_choice::TypeChoice,
};

/// The form, and then the secret.
#[component]
pub fn GenerateDialog() -> impl IntoView {
    let secret = RwSignal::new(None::<RevealedSecret>);
    move || {
        if secret.with(Option::is_some) {
            let said = "is generated. Log in with it wherever you pull.";
            view! { <SecretRevealOnce secret said opener=FocusTarget::GenerateButton /> }.into_any()
        } else {
            view! { <GenerateForm secret /> }.into_any()
        }
    }
}

/// Name, type and, for a Service token, its service user.
#[component]
fn GenerateForm(secret: RwSignal<Option<RevealedSecret>>) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let scope: PageScope = expect_context();
    let ProjectTokens { project, .. } = tokens;

    let refused = dialog.take_refused();
    let (typed, was_service, chosen, refusal) =
        refused.map(|refused| (refused.name, refused.is_service, refused.service_user, Some(refused.error))).unwrap_or_default();
    let name = RwSignal::new(typed.clone());
    let is_service = RwSignal::new(was_service);
    let service_user = RwSignal::new(chosen);
    let (name_field, user_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Select>::new());
    sync_input(name_field, name.into(), move |typed| name.set(typed));
    // While a token is being made the dialog stays open: its secret is shown here and nowhere else.
    let (is_loading, error) = (RwSignal::new(false), RwSignal::new(refusal));
    refocus_when_refused(error, move |refusal| match refusal.at("service_user") {
        Some(_) => user_field.try_get_untracked().flatten().map(Into::into),
        None => name_field.try_get_untracked().flatten().map(Into::into),
    });

    let has_left_name = RwSignal::new(false);
    let name_problem = Memo::new(move |_| name.with(|name| TokenName::parse(name).err()));
    let name_error = move || {
        let refused = error.with(|error| error.as_ref().and_then(|error| error.at("name")));
        refused.or_else(|| name_problem.get().filter(|_| has_left_name.get()).map(str::to_owned))
    };
    let is_valid = move || name_problem.get().is_none() && (!is_service.get() || service_user.with(|email| !email.is_empty()));
    // The form can be sent before the page has hydrated.
    let is_hydrated = use_hydrated();

    let on_close = Callback::new(move |()| {
        dialog.close();
        focus.request(FocusTarget::GenerateButton);
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_loading.get_untracked() || !untrack(is_valid) {
            return;
        }
        is_loading.set(true);
        error.set(None);
        let service_user = is_service.get_untracked().then(|| service_user.get_untracked());
        let kind = if service_user.is_some() { TokenType::Service } else { TokenType::User };
        let generating = generate_token(tokens.key(), name.get_untracked(), kind, service_user);
        scope.spawn(async move {
            match generating.await {
                Ok(new) => {
                    secret.try_set(Some(new));
                }
                Err(refusal) => {
                    is_loading.try_set(false);
                    error.try_set(Some(refusal));
                }
            }
        });
    };
    let login_name = move || {
        let parsed = name.with(|name| TokenName::parse(name));
        let example = parsed.or_else(|_| TokenName::parse("ci-main"));
        example.map(|name| project.with(|project| name.login_name(&project.key))).unwrap_or_default()
    };
    let (is_admin, opens) = project.with_untracked(|project| {
        (project.is_admin(), project.running().map(|subscription| isolated(&subscription.product_name)).collect::<Vec<_>>())
    });
    let dismissable = Signal::derive(move || !is_loading.get());
    view! {
        <Modal id="generate-title" title="Generate Token".to_owned() dismissable question=Some(QUESTION) on_close>
            <form method="post" action=paths::token_form(&tokens.key(), "generate") on:submit=submit>
                {is_admin.then(|| view! { <TypeChoice is_service service_user user_field error /> })}
                <div class="field">
                    <label for="token-name">"Token Name"</label>
                    <input
                        id="token-name"
                        name="name"
                        node_ref=name_field
                        value=typed
                        required
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        autofocus
                        aria-describedby="token-name-hint token-name-error"
                        aria-invalid=move || name_error().map(|_| "true")
                        on:input=move |event| {
                            error.set(None);
                            name.set(event_target_value(&event));
                        }
                        // The removal of the dialog fires it, too.
                        on:blur=move |event| {
                            has_left_name.try_set(!event_target_value(&event).is_empty());
                        }
                    />
                    <p
                        class="field-error"
                        id="token-name-error"
                        role="alert"
                        inner_html=whole(move || name_error().unwrap_or_default())
                    ></p>
                    <p class="hint" id="token-name-hint">
                        "3 to 64 letters, digits and dashes, such as ci-main. You log in as " <code translate="no" inner_html=whole(login_name)></code> "."
                    </p>
                </div>
                <p id=CONSEQUENCE_ID class="hint">{format!("Opens the images of {}.", in_words(&opens))}</p>
                <Alert error=Signal::derive(move || error.get().filter(is_general)) />
                <div class="modal-actions">
                    <CancelButton />
                    <button
                        class="button button-primary"
                        type="submit"
                        disabled=move || is_loading.get() || (is_hydrated.get() && !is_valid())
                        aria-busy=move || is_loading.get().then_some("true")
                    >
                        "Generate Token"
                    </button>
                </div>
            </form>
        </Modal>
    }
}

/// Whether it is about more than one of the fields.
fn is_general(error: &AppError) -> bool {
    !matches!(error, AppError::Invalid { field, .. } if field == "name" || field == "service_user")
}
