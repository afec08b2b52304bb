//! Signing in and out: plain forms, no script.

use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{
    error::AppError,
    pages::sign_in::{SignInForm, SignInPage},
    server::{secret, service::accounts, state::AppState},
};

use super::{assets::Assets, pages::html, session};

/// What the form sends.
#[derive(Deserialize)]
pub struct Submitted {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in?next=/…`
pub async fn page(State(state): State<AppState>, Extension(assets): Extension<Assets>, parts: Parts) -> Response {
    let next = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "next")
        .map(|(_, next)| own_path(&next))
        .unwrap_or_default();
    show(&state, &assets, &parts, StatusCode::OK, SignInForm { next, ..SignInForm::default() }).await
}

/// `POST /sign-in`
pub async fn submit(
    State(state): State<AppState>,
    Extension(assets): Extension<Assets>,
    parts: Parts,
    Form(form): Form<Submitted>,
) -> Response {
    let next = own_path(&form.next);
    let origin = session::origin(&state, &parts);
    match accounts::sign_in(&state, &form.email, form.password, &origin).await {
        Ok(cookie) => {
            if let Some(old) = session::cookie_value(&state, &parts.headers)
                && let Err(failure) = accounts::sign_out(&state, &old).await
            {
                failure.answer(&state).await;
            }
            let jar = CookieJar::new().add(session::new_cookie(&state.config, cookie));
            (jar, Redirect::to(if next.is_empty() { "/" } else { &next })).into_response()
        }
        Err(refusal) => {
            let error = refusal.answer(&state).await;
            let (status, retry) = match &error {
                AppError::RateLimited { after } => (StatusCode::TOO_MANY_REQUESTS, Some(*after)),
                AppError::Conflict(_) => (StatusCode::UNAUTHORIZED, None),
                other => (StatusCode::from_u16(other.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), None),
            };
            // A secret that was pasted there is not shown: the field is no password's.
            let email = if secret::is_in(&form.email) { String::new() } else { form.email };
            let form = SignInForm { email, next, error: Some(error.to_string()) };
            let mut response = show(&state, &assets, &parts, status, form).await;
            if let Some(after) = retry {
                response.headers_mut().insert(header::RETRY_AFTER, after.into());
            }
            response
        }
    }
}

/// `POST /sign-out`
pub async fn sign_out(State(state): State<AppState>, parts: Parts) -> Response {
    if let Some(cookie) = session::cookie_value(&state, &parts.headers)
        && let Err(failure) = accounts::sign_out(&state, &cookie).await
    {
        let error = failure.answer(&state).await;
        return (StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response();
    }
    let jar = CookieJar::new().add(session::ended_cookie(&state.config));
    (jar, Redirect::to("/sign-in")).into_response()
}

async fn show(state: &AppState, assets: &Assets, parts: &Parts, status: StatusCode, form: SignInForm) -> Response {
    html(state, assets, parts, status, None, "Sign in", move || {
        use leptos::prelude::*;
        let form = form.clone();
        view! { <SignInPage form /> }
    })
    .await
}

/// A path of this portal to go on to, or nothing: never another site's address.
pub fn own_path(next: &str) -> String {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    if is_own { next.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_sign_in_never_leads_to_another_site() {
        assert_eq!(own_path("/projects/A/registry-tokens?q=ci"), "/projects/A/registry-tokens?q=ci");
        for foreign in
            ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", "javascript:alert(1)"]
        {
            assert_eq!(own_path(foreign), "", "{foreign}");
        }
    }
}
