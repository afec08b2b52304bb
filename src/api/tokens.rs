//! Tokens: list, generate, re-sync, re-generate, delete; many at once.

use leptos::{prelude::*, server_fn::codec::Postcard};

use crate::{
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        listing::Listing,
        token::{Overlap, RevealedSecret, TokenType},
    },
};

#[cfg(feature = "ssr")]
use {
    super::context::{caller, settle},
    crate::server::service::{token_bulk, token_lifecycle, tokens},
};

/// The project and the tokens of it that the caller may see.
#[server(prefix = "/api", endpoint = "tokens/list", input = Postcard, output = Postcard)]
pub async fn list_tokens(project_key: String) -> Result<Listing, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::list(&state, &actor, &project_key).await).await
}

/// Makes a token; the one answer that carries its secret.
#[server(prefix = "/api", endpoint = "tokens/generate", input = Postcard, output = Postcard)]
pub async fn generate_token(
    project_key: String,
    name: String,
    kind: TokenType,
    service_user: Option<String>,
) -> Result<RevealedSecret, AppError> {
    let (state, actor) = caller().await?;
    let request = tokens::NewTokenRequest { name, kind, service_user };
    settle(&state, tokens::generate(&state, &actor, &project_key, &request).await).await
}

/// Adds the products subscribed to since; answers their keys.
#[server(prefix = "/api", endpoint = "tokens/resync", input = Postcard, output = Postcard)]
pub async fn resync_token(project_key: String, token_id: String) -> Result<Vec<String>, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::resync(&state, &actor, &project_key, &token_id).await).await
}

/// Gives the token a new secret, if it is still at this generation; the one answer that carries it.
#[server(prefix = "/api", endpoint = "tokens/regenerate", input = Postcard, output = Postcard)]
pub async fn regenerate_secret(
    project_key: String,
    token_id: String,
    generation: i64,
    overlap: Overlap,
) -> Result<RevealedSecret, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::regenerate(&state, &actor, &project_key, &token_id, generation, overlap).await).await
}

/// Ends the former secret that an overlap keeps working.
#[server(prefix = "/api", endpoint = "tokens/end-overlap", input = Postcard, output = Postcard)]
pub async fn end_overlap(project_key: String, token_id: String) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    settle(&state, token_lifecycle::end_overlap(&state, &actor, &project_key, &token_id).await).await
}

/// Pauses the token.
#[server(prefix = "/api", endpoint = "tokens/disable", input = Postcard, output = Postcard)]
pub async fn disable_token(project_key: String, token_id: String, reason: String) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    settle(&state, token_lifecycle::disable(&state, &actor, &project_key, &token_id, &reason).await).await
}

/// Lets a paused token work again.
#[server(prefix = "/api", endpoint = "tokens/enable", input = Postcard, output = Postcard)]
pub async fn enable_token(project_key: String, token_id: String) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    settle(&state, token_lifecycle::enable(&state, &actor, &project_key, &token_id).await).await
}

/// Removes the token for good; answers its name.
#[server(prefix = "/api", endpoint = "tokens/delete", input = Postcard, output = Postcard)]
pub async fn delete_token(project_key: String, token_id: String) -> Result<String, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::delete(&state, &actor, &project_key, &token_id).await).await
}

/// Changes up to 500 tokens, all or, where the caller may not change one of them, none; answers what became of each.
#[server(prefix = "/api", endpoint = "tokens/change-many", input = Postcard, output = Postcard)]
pub async fn change_tokens(project_key: String, token_ids: Vec<String>, action: BulkAction) -> Result<BulkOutcome, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, token_bulk::change(&state, &actor, &project_key, &token_ids, &action).await).await
}

/// Refuses as [`change_tokens`] would where the caller may not see one of up to 10,000 tokens; changes nothing.
#[server(prefix = "/api", endpoint = "tokens/check-many", input = Postcard, output = Postcard)]
pub async fn check_tokens(project_key: String, token_ids: Vec<String>) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    settle(&state, token_bulk::check(&state, &actor, &project_key, &token_ids).await).await
}
