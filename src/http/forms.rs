//! The no-JavaScript fallback of the dialogs, also used before hydration. Calls the same services; responds with a redirect
//! or a page.

use axum::{
    Form,
    extract::Path,
    http::{Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    error::AppError,
    models::{
        form_answer::{FormAnswer, RefusedForm},
        new_token::NewTokenRequest,
        page_query::PageQuery,
        secret_text::without_secret,
        token::{Overlap, RevealedSecret},
        token_action::TokenAction,
    },
    paths,
    server::{
        actor::Actor,
        error::{Refusal, ServiceError, status},
        state::AppState,
        tokens::{self, lifecycle},
    },
};

use super::{pages::PageRequest, redirect::see_other};

/// The fields of all dialogs' forms.
#[derive(Deserialize)]
pub struct Submitted {
    #[serde(flatten)]
    new_token: NewTokenRequest,
    #[serde(default)]
    token_id: String,
    #[serde(default)]
    generation: i64,
    #[serde(default)]
    overlap: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    confirm: String,
}

impl Submitted {
    /// The submitted values with the error, to render the form again. A token secret in one of them is not repeated.
    fn refused(&self, error: AppError) -> RefusedForm {
        RefusedForm {
            new_token: NewTokenRequest {
                name: without_secret(&self.new_token.name).to_owned(),
                service_user: self.new_token.service_user.as_deref().map(|email| without_secret(email).to_owned()),
                ..self.new_token.clone()
            },
            reason: without_secret(&self.reason).to_owned(),
            confirm: without_secret(&self.confirm).to_owned(),
            overlap: Overlap::parse(&self.overlap).unwrap_or_default(),
            error,
        }
    }
}

/// The result of a submitted form.
enum Outcome {
    /// The `done` value for the page's query: what was done.
    Done(&'static str),
    Secret(RevealedSecret),
}

/// `GET /projects/KEY/registry-tokens/ACTION`: redirects to the page, for a user who reloads the URL of a refused form.
pub async fn back(uri: Uri) -> Redirect {
    see_other(uri.path().rsplit_once('/').map_or(paths::HOME, |(page, _)| page))
}

/// `POST /projects/KEY/registry-tokens/ACTION`
pub async fn submit(request: PageRequest, Path((key, action)): Path<(String, String)>, Form(form): Form<Submitted>) -> Response {
    let before = page_before(&request.parts);
    let performed = async {
        let actor = request.actor().await?;
        perform(&request.state, &actor, &key, &action, &form).await
    };
    match performed.await {
        Ok(Outcome::Done(word)) => {
            let after = PageQuery { dialog: None, done: Some(format!("{word}.{}", form.token_id)), ..before };
            see_other(&paths::tokens_with(&key, &after.to_query())).into_response()
        }
        Ok(Outcome::Secret(secret)) => request.secret(secret, paths::tokens(&key)).await,
        Err(failure) => match failure.into_app_error(&request.state) {
            error @ (AppError::Invalid { .. } | AppError::Conflict(_) | AppError::Forbidden(_)) => {
                let status = status(&error);
                let dialog = if action == "generate" { action } else { format!("{action}-{}", without_secret(&form.token_id)) };
                // The form's own URL has no query.
                let query = PageQuery { dialog: Some(dialog), done: None, ..before }.to_query();
                let refused = Some(form.refused(error));
                request.render(status, FormAnswer { query: Some(query), refused, ..FormAnswer::default() }).await
            }
            error => request.for_path(&paths::tokens(&key)).error(error).await,
        },
    }
}

/// The query of the page with the form, from the `Referer` header.
fn page_before(parts: &Parts) -> PageQuery {
    let referer = parts.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    PageQuery::parse(referer.split_once('?').map_or("", |(_, query)| query))
}

async fn perform(state: &AppState, actor: &Actor, key: &str, action: &str, form: &Submitted) -> Result<Outcome, ServiceError> {
    if action == "generate" {
        return tokens::generate(state, actor, key, &form.new_token).await.map(Outcome::Secret);
    }
    let action = TokenAction::parse(action).ok_or(Refusal::Gone)?;
    let id = &form.token_id;
    let done = match action {
        TokenAction::Regenerate => {
            let overlap = Overlap::parse(&form.overlap).unwrap_or_default();
            return tokens::regenerate(state, actor, key, id, form.generation, overlap).await.map(Outcome::Secret);
        }
        TokenAction::Disable => lifecycle::disable(state, actor, key, id, &form.reason).await.map(|_| action.slug())?,
        TokenAction::Enable => lifecycle::enable(state, actor, key, id).await.map(|_| action.slug())?,
        TokenAction::EndOverlap => lifecycle::end_overlap(state, actor, key, id).await.map(|()| action.slug())?,
        TokenAction::Resync => {
            let (added, _) = tokens::resync(state, actor, key, id).await?;
            if added.is_empty() { "resync-nothing" } else { action.slug() }
        }
        TokenAction::Delete => {
            let (_, before) = tokens::delete(state, actor, key, id, &form.confirm).await?;
            // The token is deleted, so the page cannot read its former status.
            if before.is_none() { action.slug() } else { "delete-failing" }
        }
    };
    Ok(Outcome::Done(done))
}
