//! Tokens: list, details, generate, re-sync, re-generate, delete, test; many at once.

use leptos::{prelude::*, server_fn::codec::Postcard};

use crate::{
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        form_answer::TestResult,
        listing::{FirstRows, Listing},
        obstacles::Obstacles,
        token::{Overlap, RevealedSecret, TokenType},
        token_details::TokenDetails,
    },
};

#[cfg(feature = "ssr")]
use {
    super::context::{caller, respond},
    crate::{
        models::page_query::PageQuery,
        server::{
            registry::credentials::Credentials,
            tokens::{self, bulk, details, lifecycle, test_token},
        },
    },
};

/// The project and the tokens of it that the caller may see.
#[server(prefix = "/api", endpoint = "tokens/list", input = Postcard, output = Postcard)]
pub async fn list_tokens(project_key: String) -> Result<Listing, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::list(&state, &actor, &project_key).await)
}

/// The first rows of the page with this query.
#[server(prefix = "/api", endpoint = "tokens/page", input = Postcard, output = Postcard)]
pub async fn tokens_page(project_key: String, query: String) -> Result<FirstRows, AppError> {
    let (state, actor) = caller().await?;
    let listing = respond(&state, tokens::list(&state, &actor, &project_key).await)?;
    Ok(FirstRows::of(listing, &PageQuery::parse(&query)))
}

/// Everything that is known of the token with this name.
#[server(name = GetTokenDetails, prefix = "/api", endpoint = "tokens/details", input = Postcard, output = Postcard)]
pub async fn token_details(project_key: String, name: String) -> Result<TokenDetails, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, details::details(&state, &actor, &project_key, &name).await)
}

/// Says of a login name and a secret what the registry would. Blanks around them do not count.
#[server(prefix = "/api", endpoint = "tokens/test", input = Postcard, output = Postcard)]
pub async fn test_token(project_key: String, name: String, login_name: String, secret: String) -> Result<TestResult, AppError> {
    let (state, actor) = caller().await?;
    let credentials = Credentials::new(&login_name, &secret);
    respond(&state, test_token::test(&state, &actor, &project_key, &name, &credentials).await)
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
    respond(&state, tokens::generate(&state, &actor, &project_key, &request).await)
}

/// Adds the products subscribed to since; answers their keys, and what keeps the secret from working then.
#[server(prefix = "/api", endpoint = "tokens/resync", input = Postcard, output = Postcard)]
pub async fn resync_token(project_key: String, token_id: String) -> Result<(Vec<String>, Obstacles), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::resync(&state, &actor, &project_key, &token_id).await)
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
    respond(&state, tokens::regenerate(&state, &actor, &project_key, &token_id, generation, overlap).await)
}

/// Ends the former secret that an overlap keeps working.
#[server(prefix = "/api", endpoint = "tokens/end-overlap", input = Postcard, output = Postcard)]
pub async fn end_overlap(project_key: String, token_id: String) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::end_overlap(&state, &actor, &project_key, &token_id).await)
}

/// Pauses the token; answers what keeps its secret from working then.
#[server(prefix = "/api", endpoint = "tokens/disable", input = Postcard, output = Postcard)]
pub async fn disable_token(project_key: String, token_id: String, reason: String) -> Result<Obstacles, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::disable(&state, &actor, &project_key, &token_id, &reason).await)
}

/// Ends the pause of a token; answers what keeps its secret from working still.
#[server(prefix = "/api", endpoint = "tokens/enable", input = Postcard, output = Postcard)]
pub async fn enable_token(project_key: String, token_id: String) -> Result<Obstacles, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, lifecycle::enable(&state, &actor, &project_key, &token_id).await)
}

/// Removes the token for good; answers its name, and what kept its secret from working before.
#[server(prefix = "/api", endpoint = "tokens/delete", input = Postcard, output = Postcard)]
pub async fn delete_token(project_key: String, token_id: String) -> Result<(String, Obstacles), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, tokens::delete(&state, &actor, &project_key, &token_id).await)
}

/// Changes up to 500 tokens, all or, where the caller may not change one of them, none; answers what became of each.
#[server(prefix = "/api", endpoint = "tokens/change-many", input = Postcard, output = Postcard)]
pub async fn change_tokens(project_key: String, token_ids: Vec<String>, action: BulkAction) -> Result<BulkOutcome, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, bulk::change(&state, &actor, &project_key, &token_ids, &action).await)
}

/// Refuses as [`change_tokens`] would where the caller may not see one of up to 10,000 tokens; changes nothing.
#[server(prefix = "/api", endpoint = "tokens/check-many", input = Postcard, output = Postcard)]
pub async fn check_tokens(project_key: String, token_ids: Vec<String>) -> Result<(), AppError> {
    let (state, actor) = caller().await?;
    respond(&state, bulk::check(&state, &actor, &project_key, &token_ids).await)
}
