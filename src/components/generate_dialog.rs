//! *Generate Token*: the dialog.

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    api::tokens::generate_token,
    error::AppError,
    models::{token::TokenType, token_name::TokenName, words::in_words},
};

use super::{
    alert::{Alert, SignInAgain},
    modal::{CancelButton, Modal, ModalHandle},
    shared::shared,
    tokens::Tokens,
};

/// Name, type and, for a Service token, its service user.
#[component]
pub fn GenerateDialog() -> impl IntoView {
    let tokens: Tokens = expect_context();
    // While a token is being made it stays open: its secret is shown here and nowhere else.
    let idle = RwSignal::new(true);
    let close = Callback::new(move |()| tokens.dialog.set(None));
    view! {
        <Modal id="generate-title" title="Generate Token".to_owned() dismissable=idle on_close=close>
            <GenerateForm idle />
        </Modal>
    }
}

#[component]
fn GenerateForm(idle: RwSignal<bool>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let modal = use_context::<ModalHandle>();
    let refused = tokens.refused.try_update_value(Option::take).flatten();
    let (typed, was_service, chosen, error) = match refused {
        Some(refused) => (refused.name, refused.is_service, refused.service_user, Some(refused.error)),
        None => (String::new(), false, String::new(), None),
    };
    let name = RwSignal::new(typed.clone());
    let kind = RwSignal::new(if was_service { TokenType::Service } else { TokenType::User });
    let service_user = RwSignal::new(chosen);
    let error = RwSignal::new(error);
    let left_name = RwSignal::new(false);
    let is_admin = tokens.project.with_untracked(|project| project.is_admin());

    let name_problem = Memo::new(move |_| name.with(|name| TokenName::parse(name).err()));
    let name_error = move || {
        let refused = error.with(|error| error.as_ref().and_then(|error| error.at("name")));
        refused.or_else(|| name_problem.get().filter(|_| left_name.get()).map(str::to_owned))
    };
    let is_valid =
        move || name_problem.get().is_none() && (kind.get() == TokenType::User || service_user.with(|email| !email.is_empty()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !idle.get_untracked() || !is_valid() {
            return;
        }
        idle.set(false);
        error.set(None);
        spawn_local(async move {
            let service = (kind.get_untracked() == TokenType::Service).then(|| service_user.get_untracked());
            let outcome = generate_token(tokens.project_key(), name.get_untracked(), kind.get_untracked(), service).await;
            idle.set(true);
            match outcome {
                Ok(secret) => {
                    if let Some(modal) = modal {
                        modal.close();
                    }
                    tokens.revealed.set(Some(secret));
                }
                Err(refusal) => {
                    let field = if refusal.at("service_user").is_some() { "service-user" } else { "token-name" };
                    error.set(Some(refusal));
                    tokens.keep_focus(vec![field.to_owned()]);
                }
            }
        });
    };
    let login_name = move || {
        let parsed = name.with(|name| TokenName::parse(name));
        let example = parsed.or_else(|_| TokenName::parse("ci-main"));
        example.map(|name| tokens.project.with(|project| name.login_name(&project.key))).unwrap_or_default()
    };
    let opens = tokens
        .project
        .with_untracked(|project| project.running().map(|subscription| subscription.product_name.clone()).collect::<Vec<_>>());
    view! {
        <form method="post" action=tokens.form_action("generate") on:submit=submit>
            {is_admin.then(|| view! { <TypeChoice kind service_user error /> })}
            <div class="field">
                <label for="token-name">"Token Name"</label>
                <input
                    id="token-name"
                    name="name"
                    value=typed
                    required
                    maxlength="64"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    autofocus
                    aria-describedby="token-name-hint token-name-error"
                    aria-invalid=shared(move || name_error().map(|_| "true"))
                    on:input=move |event| {
                        error.set(None);
                        name.set(event_target_value(&event));
                    }
                    on:blur=move |_| left_name.set(name.with_untracked(|name| !name.is_empty()))
                />
                <p class="field-error" id="token-name-error" role="alert">{shared(move || name_error().unwrap_or_default())}</p>
                <p class="hint" id="token-name-hint">
                    "3 to 64 letters, digits and dashes, such as ci-main. You log in as " <code>{shared(login_name)}</code> "."
                </p>
            </div>
            <p class="hint">{format!("Opens the images of {}.", in_words(&opens))}</p>
            <Alert text=move || error.with(|error| error.as_ref().and_then(general)).unwrap_or_default() />
            <SignInAgain error />
            <div class="modal-actions">
                <CancelButton dismissable=idle />
                <button
                    class="button button-primary"
                    type="submit"
                    disabled=shared(move || !idle.get() || (tokens.hydrated.get() && !is_valid()))
                    aria-busy=shared(move || (!idle.get()).then_some("true"))
                >
                    "Generate Token"
                </button>
            </div>
        </form>
    }
}

/// What is wrong beyond the fields.
fn general(error: &AppError) -> Option<String> {
    match error {
        AppError::Invalid { field, .. } if field == "name" || field == "service_user" => None,
        other => Some(other.to_string()),
    }
}

const NO_SERVICE_USER: &str = "This project has no active service user. The vendor's support can add one.";

/// *User Token* or *Service Token*, each explaining itself; which part of it shows is CSS, so it works without a script.
#[component]
fn TypeChoice(kind: RwSignal<TokenType>, service_user: RwSignal<String>, error: RwSignal<Option<AppError>>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let users = tokens.project.with_untracked(|project| project.service_users.clone());
    let has_none = users.is_empty();
    let was_service = kind.get_untracked() == TokenType::Service;
    let chosen = service_user.get_untracked();
    let user_error = move || error.with(|error| error.as_ref().and_then(|error| error.at("service_user")));
    view! {
        <fieldset class="type-choice">
            <legend>"Type"</legend>
            <div class="choice">
                <input id="kind-user" type="radio" name="kind" value="user" checked=!was_service aria-describedby="kind-user-hint"
                    on:change=move |_| kind.set(TokenType::User) />
                <label for="kind-user">"User Token"</label>
                <p class="hint" id="kind-user-hint">"For your own command line. It stops working when you leave the project."</p>
            </div>
            <div class="choice">
                <input id="kind-service" type="radio" name="kind" value="service" checked=was_service aria-describedby="kind-service-hint"
                    on:change=move |_| kind.set(TokenType::Service) />
                <label for="kind-service">"Service Token"</label>
                <p class="hint" id="kind-service-hint">"For a pipeline or a cluster. It belongs to a service user and lives on when you leave."</p>
            </div>
            <div class="field service-user">
                <label for="service-user">"Service User"</label>
                <select id="service-user" name="service_user" disabled=has_none aria-describedby="service-user-error"
                    aria-invalid=shared(move || user_error().map(|_| "true"))
                    on:change=move |event| {
                        error.set(None);
                        service_user.set(event_target_value(&event));
                    }
                >
                    <option value="">{if has_none { "No active service user" } else { "Choose a service user" }}</option>
                    {users.into_iter().map(|user| view! {
                        <option value=user.email.clone() selected={user.email == chosen}>{format!("{} ({})", user.name, user.email)}</option>
                    }).collect_view()}
                </select>
                <p class="field-error" id="service-user-error" role="alert">
                    {shared(move || user_error().unwrap_or_else(|| if has_none { NO_SERVICE_USER.to_owned() } else { String::new() }))}
                </p>
            </div>
        </fieldset>
    }
}
