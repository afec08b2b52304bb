//! The choice between *User Token* and *Service Token*, each with an explanation.

use leptos::{html, prelude::*};

use crate::{
    components::{
        common::{
            effect::effect,
            field::{select_option, sync_select},
            text::whole,
        },
        tokens::token_list::ProjectTokens,
    },
    error::AppError,
};

const NO_SERVICE_USER: &str = "This project has no active service user. The vendor's support can add one.";

/// The choice, and the service user of a Service Token. CSS shows and hides that field, so it works without JavaScript.
#[component]
pub fn TypeChoice(
    is_service: RwSignal<bool>,
    service_user: RwSignal<String>,
    user_field: NodeRef<html::Select>,
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let was_service = is_service.get_untracked();
    let service_field = NodeRef::<html::Input>::new();
    // Keep what the user picked before the page hydrated.
    effect(move || {
        if let Some(field) = service_field.get() {
            is_service.set(field.checked());
        }
    });
    view! {
        <fieldset class="type-choice">
            <legend>"Type"</legend>
            <div class="choice">
                <input id="kind-user" type="radio" name="kind" value="user" checked=!was_service aria-describedby="kind-user-hint"
                    on:change=move |_| is_service.set(false) />
                <label for="kind-user">"User Token"</label>
                <p class="hint" id="kind-user-hint">"For your own command line. It stops working when you leave the project."</p>
            </div>
            <div class="choice">
                <input id="kind-service" type="radio" name="kind" value="service" checked=was_service
                    aria-describedby="kind-service-hint" node_ref=service_field on:change=move |_| is_service.set(true) />
                <label for="kind-service">"Service Token"</label>
                <p class="hint" id="kind-service-hint">"For a pipeline or a cluster. It belongs to a service user and lives on when you leave."</p>
            </div>
            <ServiceUserField service_user field=user_field error />
        </fieldset>
    }
}

/// The service user of a Service Token.
#[component]
fn ServiceUserField(
    service_user: RwSignal<String>,
    field: NodeRef<html::Select>,
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let users = tokens.project.with_untracked(|project| project.service_users.clone());
    let has_none = users.is_empty();
    let chosen = service_user.get_untracked();
    let user_error = move || error.with(|error| error.as_ref().and_then(|error| error.at("service_user")));
    let hint = move || user_error().unwrap_or_else(|| if has_none { NO_SERVICE_USER.to_owned() } else { String::new() });
    sync_select(field, service_user.into(), || (), move |email| service_user.set(email));
    let pick_user = move |event| {
        error.set(None);
        service_user.set(event_target_value(&event));
    };
    view! {
        <div class="field service-user">
            <label for="service-user">"Service User"</label>
            <select id="service-user" name="service_user" translate="no" disabled=has_none aria-describedby="service-user-error"
                aria-invalid=move || user_error().map(|_| "true") node_ref=field on:change=pick_user>
                <option value="">{if has_none { "No active service user" } else { "Choose a service user" }}</option>
                {users.into_iter().map(|user| {
                    let label = user.label();
                    let is_chosen = user.email == chosen;
                    select_option(user.email, label, is_chosen)
                }).collect_view()}
            </select>
            <p class="field-error" id="service-user-error" role="alert" inner_html=whole(hint)></p>
        </div>
    }
}
