//! The application's pages: one handler renders all of them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Extension,
    body::Body,
    extract::{FromRequestParts, rejection::ExtensionRejection},
    http::{Request, StatusCode, Uri, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use percent_encoding::percent_decode_str;

use crate::{
    api::context::PageError,
    app::{Document, error_document, secret_document, shell},
    error::AppError,
    models::{form_answer::FormAnswer, hidden_columns::HiddenColumns, portal::Portal, token::RevealedSecret},
    paths,
    server::{
        actor::Actor,
        error::{ServiceError, status},
        request::{cookies, session},
        state::AppState,
    },
};

use super::{assets::Assets, opened_at::opened_at, redirect::see_other, security, theme};

/// A request whose response is a document: for a page, or a form that a page submitted.
pub struct PageRequest {
    pub state: AppState,
    pub assets: Assets,
    pub parts: Parts,
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ExtensionRejection> {
        let Extension(assets) = Extension::from_request_parts(parts, state).await?;
        Ok(Self { state: state.clone(), assets, parts: parts.clone() })
    }
}

/// `GET` of a page.
pub async fn page(request: PageRequest) -> Response {
    match without_empty_fields(&request.parts.uri) {
        Some(address) => see_other(&address).into_response(),
        None => request.render(StatusCode::OK, FormAnswer::default()).await,
    }
}

/// The 404 page, for all unknown paths.
pub async fn not_found(request: PageRequest) -> Response {
    request.error(AppError::NotFound).await
}

/// Responds with the 404 page to a path that is not valid UTF-8 after decoding: the routes' own rejection would not be a
/// page.
pub async fn only_text(request: PageRequest, rest: axum::extract::Request, next: Next) -> Response {
    match percent_decode_str(request.parts.uri.path()).decode_utf8() {
        Ok(_) => next.run(rest).await,
        Err(_) => not_found(request).await,
    }
}

/// The same URL without the empty fields that a form submits; `None` if there are none.
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

impl PageRequest {
    /// The user behind the request.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] if no user is signed in.
    pub async fn actor(&self) -> Result<Actor, ServiceError> {
        session::actor(&self.state, &self.state.unreadable_proxies, &self.parts).await
    }

    /// The same request with another path. After a sign-in the user returns to it: a form's own URL has no page.
    pub fn for_path(mut self, path: &str) -> Self {
        if let Ok(uri) = path.parse() {
            self.parts.uri = uri;
        }
        self
    }

    /// Renders the application at the request's path, with the result of a form. If the page cannot load its data, renders
    /// the error page instead.
    pub async fn render(&self, status: StatusCode, answer: FormAnswer) -> Response {
        let document = self.document().await;
        let (state, portal, error) = (self.state.clone(), document.portal.clone(), PageError::default());
        let first_error = error.clone();
        let context = move || {
            provide_context(state.clone());
            provide_context(portal.clone());
            provide_context(answer.clone());
            provide_context(error.clone());
        };
        let request = Request::from_parts(self.parts.clone(), Body::empty());
        let response = self.html(request, status, context, move || shell(document.clone())).await;
        match first_error.0.get() {
            Some(error) => self.error(error.clone()).await,
            None => response,
        }
    }

    /// The response instead of a page: a redirect to the sign-in page if the user is not signed in, otherwise the error as a
    /// page.
    pub async fn error(&self, error: AppError) -> Response {
        if error == AppError::Unauthenticated {
            let wanted = self.parts.uri.path_and_query().map_or(paths::HOME, |path| path.as_str());
            return see_other(&paths::sign_in_to(wanted)).into_response();
        }
        let document = self.document().await;
        self.html(Request::default(), status(&error), || {}, move || error_document(document.clone(), error.clone())).await
    }

    /// The only page that shows the secret. Its view can be rendered once: the secret is not `Clone`.
    pub async fn secret(&self, secret: RevealedSecret, back: String) -> Response {
        let document = self.document().await;
        let once = Arc::new(Mutex::new(Some(secret)));
        let view = move || {
            let secret = once.lock().unwrap_or_else(PoisonError::into_inner).take();
            secret.map(|secret| secret_document(document.clone(), secret, back.clone()))
        };
        self.html(Request::default(), StatusCode::OK, || {}, view).await
    }

    async fn document(&self) -> Document {
        let Self { state, assets, parts } = self;
        let hidden = cookies::value(&state.config, &parts.headers, HiddenColumns::COOKIE);
        let address = state.config.url.configured().filter(|_| parts.uri.path() == paths::SIGN_IN);
        let actor = self.actor().await.ok();
        let portal = Portal {
            help_line: state.config.help_line.clone(),
            address: address.map(str::to_owned),
            is_elsewhere: address.is_some_and(|address| paths::is_other_address(address, &opened_at(address, parts))),
            vendor: state.config.vendor.clone(),
            build: assets.files.wasm.clone(),
            has_logo: assets.logo.is_some(),
            user_id: actor.as_ref().map(|actor| actor.user_id.clone()).unwrap_or_default(),
            user: actor.map(|actor| actor.name),
            theme: theme::chosen(&state.config, &parts.headers),
            hidden_columns: HiddenColumns::from_cookie(&hidden.unwrap_or_default()),
            is_form_answer: !parts.method.is_safe(),
        };
        let (accent, options) = (state.config.accent.clone(), state.config.leptos.clone());
        Document { portal, accent, files: assets.files.clone(), options }
    }

    async fn html<V: IntoView + 'static>(
        &self,
        request: Request<Body>,
        status: StatusCode,
        context: impl Fn() + Clone + Send + Sync + 'static,
        view: impl Fn() -> V + Clone + Send + Sync + 'static,
    ) -> Response {
        let options = self.state.config.leptos.clone();
        let with_policy = move || {
            context();
            security::set_content_security_policy(&options);
        };
        let mut response = leptos_axum::render_app_async_with_context(with_policy, view)(request).await;
        *response.status_mut() = status;
        response
    }
}
