//! Server functions for tokens: list, details, generate, re-sync, re-generate, delete, test; bulk changes.

use leptos::{prelude::*, server_fn::codec::Postcard};

use crate::{
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        form_answer::TestResult,
        listing::{FirstRows, Listing},
        new_token::NewTokenRequest,
        obstacles::Obstacles,
        token::{Overlap, RevealedSecret},
        token_details::TokenDetails,
    },
};

use super::client::PortalClient;
#[cfg(feature = "ssr")]
use {
    super::context::{caller, respond},
    crate::{
        models::page_query::PageQuery,
        server::{
            registry::credentials::Credentials,
            tokens::{self, bulk, details, form_result, lifecycle, test_token},
        },
    },
};

/// Returns the project and those of its tokens that the caller may see.
#[server(prefix = "/api", endpoint = "tokens/list", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn list_tokens(project_key: String) -> Result<Listing, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::list(&state, &actor, &project_key).await)
}

/// Returns the first rows of the page with this query.
#[server(prefix = "/api", endpoint = "tokens/page", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn tokens_page(project_key: String, query: String) -> Result<FirstRows, AppError> {
    let (state, actor) = caller().await?;
    let listing = respond(&state, tokens::list(&state, &actor, &project_key).await)?;
    let query = PageQuery::parse(&query);
    let done = respond(&state, form_result::said(&state, &actor, &listing, &query).await)?;
    Ok(FirstRows::of(listing, &query, done))
}

/// Returns all details of the token with this name.
#[server(name = GetTokenDetails, prefix = "/api", endpoint = "tokens/details", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn token_details(project_key: String, name: String) -> Result<TokenDetails, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, details::details(&state, &actor, &project_key, &name).await)
}

/// Checks a login name and a secret as the registry would. Leading and trailing whitespace is ignored.
#[server(prefix = "/api", endpoint = "tokens/test", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn test_token(project_key: String, name: String, login_name: String, secret: String) -> Result<TestResult, AppError> {
    let (state, actor) = caller().await?;
    let credentials = Credentials::new(&login_name, &secret);
    respond(&state, test_token::test(&state, &actor, &project_key, &name, &credentials).await)
}

/// Generates a token. Only this response contains its secret.
#[server(prefix = "/api", endpoint = "tokens/generate", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn generate_token(project_key: String, request: NewTokenRequest) -> Result<RevealedSecret, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::generate(&state, &actor, &project_key, &request).await)
}

/// Adds the products subscribed to since. Returns their keys, and what still keeps the secret from working.
#[server(prefix = "/api", endpoint = "tokens/resync", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn resync_token(project_key: String, token_id: String) -> Result<(Vec<String>, Obstacles), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::resync(&state, &actor, &project_key, &token_id).await)
}

/// Gives the token a new secret, if its generation is still this one. Only this response contains the secret.
#[server(prefix = "/api", endpoint = "tokens/regenerate", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn regenerate_secret(
    project_key: String,
    token_id: String,
    generation: i64,
    overlap: Overlap,
) -> Result<RevealedSecret, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::regenerate(&state, &actor, &project_key, &token_id, generation, overlap).await)
}

/// Ends the overlap: the former secret stops working.
#[server(prefix = "/api", endpoint = "tokens/end-overlap", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn end_overlap(project_key: String, token_id: String) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::end_overlap(&state, &actor, &project_key, &token_id).await)
}

/// Disables the token. Returns what keeps its secret from working now.
#[server(prefix = "/api", endpoint = "tokens/disable", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn disable_token(project_key: String, token_id: String, reason: String) -> Result<Obstacles, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::disable(&state, &actor, &project_key, &token_id, &reason).await)
}

/// Enables the token. Returns what still keeps its secret from working.
#[server(prefix = "/api", endpoint = "tokens/enable", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn enable_token(project_key: String, token_id: String) -> Result<Obstacles, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::enable(&state, &actor, &project_key, &token_id).await)
}

/// Deletes the token permanently. Returns its name, and what kept its secret from working before. `confirm` must be the name if
/// the token pulled within 30 days.
#[server(prefix = "/api", endpoint = "tokens/delete", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn delete_token(project_key: String, token_id: String, confirm: String) -> Result<(String, Obstacles), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::delete(&state, &actor, &project_key, &token_id, &confirm).await)
}

/// Changes up to 500 tokens; changes none if the caller may not change one of them. Returns the outcome of each.
#[server(prefix = "/api", endpoint = "tokens/change-many", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn change_tokens(project_key: String, token_ids: Vec<String>, action: BulkAction) -> Result<BulkOutcome, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, bulk::change(&state, &actor, &project_key, &token_ids, &action).await)
}

/// Fails as [`change_tokens`] would if the caller may not see one of up to 10,000 tokens; changes nothing.
#[server(prefix = "/api", endpoint = "tokens/check-many", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn check_tokens(project_key: String, token_ids: Vec<String>) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, bulk::check(&state, &actor, &project_key, &token_ids).await)
}
