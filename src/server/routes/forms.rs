//! The dialogs' forms where no script runs, or not yet: the same services, a redirect or a page as the answer.

use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    components::page_state::{PageState, Refused},
    error::AppError,
    models::token::{Overlap, RevealedSecret, TokenType},
    pages::secret::SecretPage,
    server::{
        service::{Actor, ServiceError, token_lifecycle, tokens, tokens::NewTokenRequest},
        state::AppState,
    },
};

use super::{assets::Assets, pages, session};

/// Every field of every dialog.
#[derive(Deserialize)]
pub struct Submitted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    service_user: String,
    #[serde(default)]
    token_id: String,
    #[serde(default)]
    generation: i64,
    #[serde(default)]
    overlap: String,
    #[serde(default)]
    reason: String,
}

impl Submitted {
    /// What was typed, with what is wrong.
    fn refused(&self, error: AppError) -> Refused {
        Refused {
            name: self.name.clone(),
            is_service: self.kind == "service",
            service_user: self.service_user.clone(),
            reason: self.reason.clone(),
            overlap: Overlap::parse(&self.overlap).unwrap_or_default(),
            error,
        }
    }
}

/// What a form led to.
enum Outcome {
    /// A sentence for the page.
    Done(String),
    Secret(RevealedSecret),
}

/// `GET /projects/KEY/registry-tokens/ACTION`: whoever types the address of a refused form anew comes back to the page.
pub async fn back() -> Redirect {
    Redirect::to("../registry-tokens")
}

/// `POST /projects/KEY/registry-tokens/ACTION`
pub async fn submit(
    State(state): State<AppState>,
    Extension(assets): Extension<Assets>,
    Path((key, action)): Path<(String, String)>,
    mut parts: Parts,
    Form(form): Form<Submitted>,
) -> Response {
    let back = format!("/projects/{key}/registry-tokens");
    // Whoever must sign in first comes back to the page: the form's own address has nothing to show.
    if let Ok(page) = back.parse() {
        parts.uri = page;
    }
    let actor = match session::actor(&state, &parts).await {
        Ok(actor) => actor,
        Err(failure) => return pages::problem(&state, &assets, &parts, failure).await,
    };
    match perform(&state, &actor, &key, &action, &form).await {
        Ok(Outcome::Done(sentence)) => {
            let query = shown(&parts).to_query(&sentence);
            Redirect::to(&format!("{back}?{query}")).into_response()
        }
        Ok(Outcome::Secret(secret)) => show_secret(&state, &assets, &parts, &actor, secret, back).await,
        Err(failure) => match failure.answer(&state).await {
            error @ (AppError::Invalid { .. } | AppError::Conflict(_) | AppError::Forbidden(_)) => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
                let page = shown(&parts).refused(&action, &form.token_id, form.refused(error));
                pages::tokens_page(&state, &assets, &parts, &key, status, page).await
            }
            error => pages::problem(&state, &assets, &parts, error.into()).await,
        },
    }
}

/// What the page showed that the form was on.
fn shown(parts: &Parts) -> PageState {
    let referer = parts.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    PageState::read(referer.split_once('?').map_or("", |(_, query)| query))
}

async fn perform(state: &AppState, actor: &Actor, key: &str, action: &str, form: &Submitted) -> Result<Outcome, ServiceError> {
    match action {
        "generate" => {
            let kind = if form.kind == "service" { TokenType::Service } else { TokenType::User };
            let request = NewTokenRequest { name: form.name.clone(), kind, service_user: Some(form.service_user.clone()) };
            tokens::generate(state, actor, key, &request).await.map(Outcome::Secret)
        }
        "regenerate" => {
            let overlap = Overlap::parse(&form.overlap).unwrap_or_default();
            tokens::regenerate(state, actor, key, &form.token_id, form.generation, overlap).await.map(Outcome::Secret)
        }
        "disable" => {
            token_lifecycle::disable(state, actor, key, &form.token_id, &form.reason).await?;
            Ok(Outcome::Done("disabled".to_owned()))
        }
        "enable" => {
            token_lifecycle::enable(state, actor, key, &form.token_id).await?;
            Ok(Outcome::Done("enabled".to_owned()))
        }
        "end-overlap" => {
            token_lifecycle::end_overlap(state, actor, key, &form.token_id).await?;
            Ok(Outcome::Done("overlap-ended".to_owned()))
        }
        "resync" => {
            let added = tokens::resync(state, actor, key, &form.token_id).await?;
            Ok(Outcome::Done(if added.is_empty() { "resynced-nothing" } else { "resynced" }.to_owned()))
        }
        "delete" => tokens::delete(state, actor, key, &form.token_id).await.map(|_| Outcome::Done("deleted".to_owned())),
        _ => Err(AppError::NotFound.into()),
    }
}

/// The one page with the secret in it. Its view is made once: the secret is not `Clone`.
async fn show_secret(
    state: &AppState,
    assets: &Assets,
    parts: &Parts,
    actor: &Actor,
    secret: RevealedSecret,
    back: String,
) -> Response {
    let once = std::sync::Arc::new(std::sync::Mutex::new(Some(secret)));
    pages::html(state, assets, parts, StatusCode::OK, Some(actor), "Back up the secret", move || {
        let secret = once.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let back = back.clone();
        secret.map(|secret| view! { <SecretPage secret back /> })
    })
    .await
}
