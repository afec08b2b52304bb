//! The *Generate Token* dialog.

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
        form_answer::RefusedForm,
        new_token::NewTokenRequest,
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

/// Shows the form, then the secret.
#[component]
pub fn GenerateDialog() -> impl IntoView {
    let secret = RwSignal::new(None::<RevealedSecret>);
    view! {
        {move || if secret.with(Option::is_some) {
            let said = "is generated. Log in with it wherever you pull.";
            view! { <SecretRevealOnce secret said opener=FocusTarget::GenerateButton /> }.into_any()
        } else {
            view! { <GenerateForm secret /> }.into_any()
        }}
    }
}

/// The state of the form. Contains only handles, so it is cheap to copy.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    is_service: RwSignal<bool>,
    /// The service user's e-mail; empty until one is chosen.
    service_user: RwSignal<String>,
    is_loading: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// The validation error of the name.
    name_problem: Memo<Option<&'static str>>,
    tokens: ProjectTokens,
    scope: PageScope,
}

impl Form {
    /// Restores the form that the server refused before hydration, if any.
    fn new(refused: Option<RefusedForm>) -> Self {
        let (typed, refusal) = refused.map(|refused| (refused.new_token, Some(refused.error))).unwrap_or_default();
        let name = RwSignal::new(typed.name);
        Self {
            name,
            is_service: RwSignal::new(typed.kind == TokenType::Service),
            service_user: RwSignal::new(typed.service_user.unwrap_or_default()),
            is_loading: RwSignal::new(false),
            error: RwSignal::new(refusal),
            name_problem: Memo::new(move |_| name.with(|name| TokenName::parse(name).err())),
            tokens: expect_context(),
            scope: expect_context(),
        }
    }

    /// Tracked.
    fn is_valid(self) -> bool {
        let has_user = !self.is_service.get() || self.service_user.with(|email| !email.is_empty());
        self.name_problem.get().is_none() && has_user
    }

    /// The login name that the token gets, or an example; tracked.
    fn login_name(self) -> String {
        let parsed = self.name.with(|name| TokenName::parse(name));
        let example = parsed.or_else(|_| TokenName::parse("ci-main"));
        example.map(|name| self.tokens.project.with(|project| name.login_name(&project.key))).unwrap_or_default()
    }

    /// The request that the form makes.
    fn request(self) -> NewTokenRequest {
        let service_user = self.is_service.get_untracked().then(|| self.service_user.get_untracked());
        let kind = if service_user.is_some() { TokenType::Service } else { TokenType::User };
        NewTokenRequest { name: self.name.get_untracked(), kind, service_user }
    }

    /// Generates the token. The dialog stays open until it has shown the secret.
    fn submit(self, secret: RwSignal<Option<RevealedSecret>>) {
        if self.is_loading.get_untracked() || !untrack(|| self.is_valid()) {
            return;
        }
        self.is_loading.set(true);
        self.error.set(None);
        let generating = generate_token(self.tokens.key(), self.request());
        self.scope.spawn(async move {
            match generating.await {
                Ok(new) => {
                    secret.try_set(Some(new));
                }
                Err(refusal) => {
                    self.is_loading.try_set(false);
                    self.error.try_set(Some(refusal));
                }
            }
        });
    }
}

/// The form: name, type and, for a Service Token, its service user.
#[component]
fn GenerateForm(secret: RwSignal<Option<RevealedSecret>>) -> impl IntoView {
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let form = Form::new(dialog.take_refused());
    let Form { is_service, service_user, is_loading, error, tokens, .. } = form;
    let (name_field, user_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Select>::new());
    refocus_when_refused(error, move |refusal| match refusal.at("service_user") {
        Some(_) => user_field.try_get_untracked().flatten().map(Into::into),
        None => name_field.try_get_untracked().flatten().map(Into::into),
    });
    // Before hydration the button is enabled, so that the form can be submitted.
    let is_hydrated = use_hydrated();
    let on_close = Callback::new(move |()| {
        dialog.close();
        focus.request(FocusTarget::GenerateButton);
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form.submit(secret);
    };
    let (is_admin, opens) = tokens.project.with_untracked(|project| {
        let running: Vec<String> = project.running().map(|subscription| isolated(&subscription.product_name)).collect();
        let opens = match project.generate_refusal() {
            Some(refusal) => refusal.to_owned(),
            None => format!("Opens the images of {}.", in_words(&running)),
        };
        (project.is_admin(), opens)
    });
    let dismissable = Signal::derive(move || !is_loading.get());
    view! {
        <Modal id="generate-title" title="Generate Token".to_owned() dismissable question=Some(QUESTION) on_close>
            <form method="post" action=paths::token_form(&tokens.key(), "generate") on:submit=submit>
                {is_admin.then(|| view! { <TypeChoice is_service service_user user_field error /> }.into_any())}
                <NameField form field=name_field />
                <p id=CONSEQUENCE_ID class="hint">{opens}</p>
                <Alert error=Signal::derive(move || error.get().filter(is_general)) />
                <div class="modal-actions">
                    <CancelButton />
                    <button
                        class="button button-primary"
                        type="submit"
                        disabled=move || is_loading.get() || (is_hydrated.get() && !form.is_valid())
                        aria-busy=move || is_loading.get().then_some("true")
                    >
                        "Generate Token"
                    </button>
                </div>
            </form>
        </Modal>
    }
}

/// The name field. Its validation error shows after the field loses the focus.
#[component]
fn NameField(form: Form, field: NodeRef<html::Input>) -> impl IntoView {
    let Form { name, error, name_problem, .. } = form;
    sync_input(field, name.into(), move |typed| name.set(typed));
    let has_left = RwSignal::new(false);
    let name_error = move || {
        let refused = error.with(|error| error.as_ref().and_then(|error| error.at("name")));
        refused.or_else(|| name_problem.get().filter(|_| has_left.get()).map(str::to_owned))
    };
    view! {
        <div class="field">
            <label for="token-name">"Token Name"</label>
            <input
                id="token-name"
                name="name"
                node_ref=field
                value=name.get_untracked()
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
                // Removing the dialog also fires `blur`.
                on:blur=move |event| {
                    has_left.try_set(!event_target_value(&event).is_empty());
                }
            />
            <p class="field-error" id="token-name-error" role="alert" inner_html=whole(move || name_error().unwrap_or_default())></p>
            <p class="hint" id="token-name-hint">
                "3 to 64 letters, digits and dashes, such as ci-main. You log in as "
                <code translate="no" inner_html=whole(move || form.login_name())></code> "."
            </p>
        </div>
    }
}

/// Whether the error belongs to neither the name nor the service user field.
fn is_general(error: &AppError) -> bool {
    !matches!(error, AppError::Invalid { field, .. } if field == "name" || field == "service_user")
}
