//! Tokens: list, generate, re-sync, re-generate, delete.

use leptos::{prelude::*, server_fn::codec::Postcard};

use crate::{
    error::AppError,
    models::{
        project::ProjectView,
        token::{RevealedSecret, TokenRow, TokenType},
    },
};

#[cfg(feature = "ssr")]
use {
    super::context::{caller, settle},
    crate::server::service::tokens,
};

/// The project and the tokens of it that the caller may see, newest first.
#[server(prefix = "/api", endpoint = "tokens/list", input = Postcard, output = Postcard)]
pub async fn list_tokens(project_key: String) -> Result<(ProjectView, Vec<TokenRow>), AppError> {
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
pub async fn regenerate_secret(project_key: String, token_id: String, generation: i64) -> Result<RevealedSecret, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::regenerate(&state, &actor, &project_key, &token_id, generation).await).await
}

/// Removes the token for good; answers its name.
#[server(prefix = "/api", endpoint = "tokens/delete", input = Postcard, output = Postcard)]
pub async fn delete_token(project_key: String, token_id: String) -> Result<String, AppError> {
    let (state, actor) = caller().await?;
    settle(&state, tokens::delete(&state, &actor, &project_key, &token_id).await).await
}
