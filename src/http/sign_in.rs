//! Signing in and out: plain forms, no script.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{
    error::AppError,
    models::form_answer::{FormAnswer, RefusedSignIn},
    paths,
    server::{accounts, client_info::ClientInfo, crypto::secret, error, request::session, state::AppState},
};

use super::{pages::PageRequest, redirect::see_other};

/// What the form sends.
#[derive(Deserialize)]
pub struct Submitted {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in`
pub async fn submit(request: PageRequest, origin: ClientInfo, Form(form): Form<Submitted>) -> Response {
    let PageRequest { state, parts, .. } = &request;
    let next = paths::page_path(&form.next);
    match accounts::sign_in(state, &state.sign_ins, &form.email, form.password, &origin).await {
        Ok(cookie) => {
            if let Some(old) = session::cookie_value(state, &parts.headers)
                && let Err(failure) = accounts::sign_out(state, &old).await
            {
                failure.answer(state);
            }
            let jar = CookieJar::new().add(session::new_cookie(&state.config, cookie));
            (jar, see_other(if next.is_empty() { paths::HOME } else { &next })).into_response()
        }
        Err(refusal) => {
            let error = refusal.answer(state);
            let (status, retry) = match &error {
                AppError::RateLimited { after } => (StatusCode::TOO_MANY_REQUESTS, Some(*after)),
                AppError::Conflict(_) => (StatusCode::UNAUTHORIZED, None),
                other => (error::status(other), None),
            };
            // A secret that was pasted there is not shown: the field is no password's.
            let email = if secret::is_in(&form.email) { String::new() } else { form.email };
            let sign_in = Some(RefusedSignIn { email, next, error });
            let mut response = request.render(status, FormAnswer { sign_in, ..FormAnswer::default() }).await;
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
        let error = failure.answer(&state);
        return (StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response();
    }
    let jar = CookieJar::new().add(session::ended_cookie(&state.config));
    (jar, see_other(paths::SIGN_IN)).into_response()
}
