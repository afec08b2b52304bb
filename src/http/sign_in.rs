//! Sign-in and sign-out: plain forms without JavaScript.

use axum::{
    Form,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{
    error::AppError,
    models::{
        form_answer::{FormAnswer, RefusedSignIn},
        secret_text::without_secret,
    },
    paths,
    server::{
        accounts,
        client_info::ClientInfo,
        error,
        request::{cookies, session},
        state::AppState,
    },
};

use super::{pages::PageRequest, redirect::see_other};

/// The cookie that the sign-in page sets. A browser that does not return it does not accept cookies.
const CHECK: &str = "check";

/// The message for a browser that does not accept cookies.
const NO_COOKIES: &str = "Your browser keeps no cookie from this site, and without one nobody can be signed in. \
                          Allow cookies for this site, then sign in again.";

/// The fields of the form.
#[derive(Deserialize)]
pub struct Submitted {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
    /// Not empty if the form comes from the portal's own page, which has set the check cookie.
    #[serde(default)]
    check: String,
}

/// Sets the check cookie on the sign-in page, and on the 403 response after a sign-in without cookies.
pub async fn set_check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_wanted = request.uri().path() == paths::SIGN_IN && !keeps_cookies(&state, request.headers());
    let is_page = request.method().is_safe();
    let answer = next.run(request).await;
    if is_wanted && (is_page || answer.status() == StatusCode::FORBIDDEN) {
        return (CookieJar::new().add(cookies::new(&state.config, CHECK, "1")), answer).into_response();
    }
    answer
}

fn keeps_cookies(state: &AppState, headers: &HeaderMap) -> bool {
    has_check(state, headers) || session::cookie_value(state, headers).is_some()
}

fn has_check(state: &AppState, headers: &HeaderMap) -> bool {
    cookies::value(&state.config, headers, CHECK).is_some()
}

/// `POST /sign-in`
pub async fn submit(request: PageRequest, origin: ClientInfo, Form(form): Form<Submitted>) -> Response {
    let PageRequest { state, parts, .. } = &request;
    let next = paths::page_path(&form.next);
    if !form.check.is_empty() && !keeps_cookies(state, &parts.headers) {
        let refused = refused(form.email, next, AppError::Forbidden(NO_COOKIES.to_owned()));
        return request.render(StatusCode::FORBIDDEN, refused).await;
    }
    match accounts::sign_in(state, &state.sign_ins, &form.email, form.password, &origin).await {
        Ok(cookie) => {
            if let Some(old) = session::cookie_value(state, &parts.headers)
                && let Err(failure) = accounts::sign_out(state, &old).await
            {
                failure.into_app_error(state);
            }
            let mut jar = CookieJar::new().add(session::new_cookie(&state.config, cookie));
            if has_check(state, &parts.headers) {
                jar = jar.add(cookies::ended(&state.config, CHECK));
            }
            (jar, see_other(if next.is_empty() { paths::HOME } else { &next })).into_response()
        }
        Err(refusal) => {
            let error = refusal.into_app_error(state);
            let status = match &error {
                AppError::Conflict(_) => StatusCode::UNAUTHORIZED,
                other => error::status(other),
            };
            let mut response = request.render(status, refused(form.email, next, error.clone())).await;
            error::set_retry_after(&mut response, &error);
            response
        }
    }
}

fn refused(email: String, next: String, error: AppError) -> FormAnswer {
    // Never shows a pasted token secret: unlike a password field, the e-mail field is readable.
    let email = without_secret(&email).to_owned();
    FormAnswer { sign_in: Some(RefusedSignIn { email, next, error }), ..FormAnswer::default() }
}

/// `POST /sign-out`
pub async fn sign_out(State(state): State<AppState>, parts: Parts) -> Response {
    if let Some(cookie) = session::cookie_value(&state, &parts.headers)
        && let Err(failure) = accounts::sign_out(&state, &cookie).await
    {
        return failure.into_app_error(&state).into_response();
    }
    let jar = CookieJar::new().add(session::ended_cookie(&state.config));
    (jar, see_other(paths::SIGN_IN)).into_response()
}
