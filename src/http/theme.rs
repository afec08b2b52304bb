//! The colour theme (light, dark, system): a plain form without JavaScript, and a cookie that the server renders every page
//! by.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use serde::Deserialize;
use time::Duration;

use crate::{
    models::theme::Theme,
    paths,
    server::{config::Config, request::cookies, state::AppState},
};

use super::redirect::see_other;

const COOKIE: &str = "theme";

/// The theme that a request's cookie names.
pub fn chosen(config: &Config, headers: &HeaderMap) -> Theme {
    cookies::value(config, headers, COOKIE).and_then(|slug| Theme::parse(&slug)).unwrap_or_default()
}

/// The fields of the form.
#[derive(Deserialize)]
pub struct Submitted {
    theme: Theme,
}

/// `POST /theme`
pub async fn submit(State(state): State<AppState>, headers: HeaderMap, Form(form): Form<Submitted>) -> Response {
    let jar = CookieJar::new().add(cookie(&state.config, form.theme));
    (jar, see_other(&page_before(&headers))).into_response()
}

/// The cookie for a theme, valid for one year. [`Theme::System`] is the default and removes it.
fn cookie(config: &Config, theme: Theme) -> Cookie<'static> {
    let mut cookie = cookies::new(config, COOKIE, theme.slug());
    cookie.set_max_age(Duration::days(365));
    if theme == Theme::System {
        cookie.make_removal();
    }
    cookie
}

/// The page that sent the form, with its current filters, from the `Referer` header. Only path and query are used, so the
/// redirect never leaves this site.
fn page_before(headers: &HeaderMap) -> String {
    let address = headers.get(header::REFERER).and_then(|address| address.to_str().ok()).unwrap_or_default();
    let path = address.splitn(4, '/').nth(3).map(|path| paths::same_origin_path(&format!("/{path}")));
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| paths::HOME.to_owned())
}
