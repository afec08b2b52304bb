//! A token's own page, and *Test this token*.

use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    pages::token_details::{TestResult, TokenDetailsPage},
    server::{
        service::{registry, token_details},
        state::AppState,
    },
};

use super::{assets::Assets, pages, session};

/// What *Test this token* sends.
#[derive(Deserialize)]
pub struct Tested {
    login_name: String,
    secret: String,
}

/// `GET /projects/KEY/tokens/NAME`
pub async fn page(
    State(state): State<AppState>,
    Extension(assets): Extension<Assets>,
    Path((key, name)): Path<(String, String)>,
    parts: Parts,
) -> Response {
    show(&state, &assets, &parts, &key, &name, None).await
}

/// `GET /projects/KEY/tokens/NAME/test`: whoever types the address of a test anew comes back to the token's page.
pub async fn back(Path((key, name)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("/projects/{key}/tokens/{name}"))
}

/// `POST /projects/KEY/tokens/NAME/test`
pub async fn test(
    State(state): State<AppState>,
    Extension(assets): Extension<Assets>,
    Path((key, name)): Path<(String, String)>,
    parts: Parts,
    Form(tested): Form<Tested>,
) -> Response {
    let actor = match session::actor(&state, &parts).await {
        Ok(actor) => actor,
        Err(failure) => return pages::problem(&state, &assets, &parts, failure).await,
    };
    match registry::test(&state, &actor, &key, &name, tested.login_name.trim(), tested.secret.trim()).await {
        Ok((is_good, sentence)) => show(&state, &assets, &parts, &key, &name, Some(TestResult { is_good, sentence })).await,
        Err(failure) => pages::problem(&state, &assets, &parts, failure).await,
    }
}

async fn show(state: &AppState, assets: &Assets, parts: &Parts, key: &str, name: &str, test: Option<TestResult>) -> Response {
    let loaded = async {
        let actor = session::actor(state, parts).await?;
        let details = token_details::details(state, &actor, key, name).await?;
        Ok((actor, details))
    };
    match loaded.await {
        Ok((actor, details)) => {
            let title = format!("{} of {}", details.token.name, details.project.name);
            pages::html(state, assets, parts, StatusCode::OK, Some(&actor), &title, move || {
                let (details, test) = (details.clone(), test.clone());
                view! { <TokenDetailsPage details test /> }
            })
            .await
        }
        Err(failure) => pages::problem(state, assets, parts, failure).await,
    }
}
