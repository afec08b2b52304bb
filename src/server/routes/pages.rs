//! The pages: load what they show, render it; the calls that come from them.

use axum::{
    Extension,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use leptos::{
    nonce::use_nonce,
    prelude::*,
    server_fn::{Decodes, error::FromServerFnError},
};
use leptos_axum::ResponseOptions;

use crate::{
    app::{Document, Shell},
    components::{columns_menu, page_state::PageState, tokens::PageData},
    error::AppError,
    models::listing::FirstRows,
    pages::{my_projects::MyProjectsPage, problem::ProblemPage, registry_tokens::RegistryTokensPage},
    server::{
        service::{Actor, ServiceError, projects, tokens},
        state::AppState,
    },
};

use super::{assets::Assets, security, session, theme::Theme};

/// `GET /`
pub async fn my_projects(State(state): State<AppState>, Extension(assets): Extension<Assets>, parts: Parts) -> Response {
    let loaded = async {
        let actor = session::actor(&state, &parts).await?;
        let projects = projects::mine(&state, &actor).await?;
        Ok((actor, projects))
    };
    match loaded.await {
        Ok((actor, projects)) => {
            html(&state, &assets, &parts, StatusCode::OK, Some(&actor), "My Projects", move || {
                let projects = projects.clone();
                view! { <MyProjectsPage projects /> }
            })
            .await
        }
        Err(failure) => problem(&state, &assets, &parts, failure).await,
    }
}

/// `GET /projects/KEY/registry-tokens`
pub async fn registry_tokens(
    State(state): State<AppState>,
    Extension(assets): Extension<Assets>,
    Path(key): Path<String>,
    parts: Parts,
) -> Response {
    if let Some(address) = without_empty_fields(&parts.uri) {
        return Redirect::to(&address).into_response();
    }
    let page = PageState::read(parts.uri.query().unwrap_or_default());
    tokens_page(&state, &assets, &parts, &key, StatusCode::OK, page).await
}

/// The same address without the empty fields that a form sends along; `None` where there are none.
fn without_empty_fields(uri: &Uri) -> Option<String> {
    let pairs: Vec<_> = form_urlencoded::parse(uri.query()?.as_bytes()).collect();
    let filled: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    if filled.len() == pairs.len() {
        return None;
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{}{mark}{query}", uri.path()))
}

/// The tokens page in a given state; a form that could not be taken shows it with its error.
pub async fn tokens_page(
    state: &AppState,
    assets: &Assets,
    parts: &Parts,
    key: &str,
    status: StatusCode,
    page: PageState,
) -> Response {
    let loaded = async {
        let actor = session::actor(state, parts).await?;
        let listing = tokens::list(state, &actor, key).await?;
        Ok((actor, listing))
    };
    match loaded.await {
        Ok((actor, listing)) => {
            let title = format!("{} registry tokens", listing.project.name);
            let hidden =
                CookieJar::from_headers(&parts.headers).get(columns_menu::COOKIE).map(|cookie| cookie.value().to_owned());
            let page = PageState { hidden_columns: columns_menu::read_cookie(&hidden.unwrap_or_default()), ..page };
            let rows = FirstRows::of(listing, &page.view, page.page, page.dialog_token());
            let data = PageData { rows, page };
            html(state, assets, parts, status, Some(&actor), &title, move || {
                let data = data.clone();
                view! { <RegistryTokensPage data /> }
            })
            .await
        }
        Err(failure) => problem(state, assets, parts, failure).await,
    }
}

/// Everything else.
pub async fn not_found(State(state): State<AppState>, Extension(assets): Extension<Assets>, parts: Parts) -> Response {
    problem(&state, &assets, &parts, AppError::NotFound.into()).await
}

/// `POST /api/…`: a call from the page.
pub async fn server_function(State(state): State<AppState>, request: Request) -> Response {
    let answer =
        leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await.into_response();
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    // Arguments that cannot be read never reach the function: leptos answers them with 500, whatever the error.
    let (mut parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error = <AppError as FromServerFnError>::Encoder::decode(bytes.clone());
    if let Some(status) = error.ok().and_then(|error: AppError| StatusCode::from_u16(error.status()).ok()) {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// What is shown instead of a page: sign-in for whoever is not signed in, the error in words for everybody else.
pub async fn problem(state: &AppState, assets: &Assets, parts: &Parts, failure: ServiceError) -> Response {
    let error = failure.answer(state).await;
    if error == AppError::Unauthenticated {
        return Redirect::to(&sign_in_address(&parts.uri)).into_response();
    }
    let actor = session::actor(state, parts).await.ok();
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    html(state, assets, parts, status, actor.as_ref(), error.title(), move || {
        let error = error.clone();
        view! { <ProblemPage error /> }
    })
    .await
}

fn sign_in_address(wanted: &Uri) -> String {
    let path = wanted.path_and_query().map_or("/", |path| path.as_str());
    if path == "/" {
        return "/sign-in".to_owned();
    }
    format!("/sign-in?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish())
}

/// Renders a page into its document.
pub async fn html<V: IntoView + 'static>(
    state: &AppState,
    assets: &Assets,
    parts: &Parts,
    status: StatusCode,
    actor: Option<&Actor>,
    title: &str,
    page: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Response {
    let document = Document {
        title: title.to_owned(),
        vendor: state.config.vendor.clone(),
        accent: state.config.accent.clone(),
        person: actor.map(|actor| actor.name.clone()),
        theme: Theme::of(&parts.headers),
        is_answer: !parts.method.is_safe(),
        assets: assets.clone(),
    };
    let render = leptos_axum::render_app_async_with_context(
        || {},
        move || {
            let policy = security::content_security_policy(&use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default());
            if let (Some(response), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
            let (document, page) = (document.clone(), page.clone());
            view! { <Shell document>{page()}</Shell> }
        },
    );
    let mut response = render(Request::new(Body::empty())).await;
    *response.status_mut() = status;
    response
}
