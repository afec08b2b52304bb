//! Light, dark, or as the system says: a plain form, no script, and a cookie that every page is rendered by.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use serde::Deserialize;
use time::Duration;

use crate::server::{config::Config, state::AppState};

use super::{session, sign_in::own_path};

const COOKIE: &str = "theme";

/// The colours of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Light,
    Dark,
    /// As the reader's system says.
    #[default]
    System,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The one that a request's cookie names.
    pub fn of(headers: &HeaderMap) -> Self {
        let jar = CookieJar::from_headers(headers);
        let named = jar.get(COOKIE).and_then(|cookie| Self::ALL.into_iter().find(|theme| theme.word() == cookie.value()));
        named.unwrap_or_default()
    }

    /// As it stands in the form, the cookie and the document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Light => "Light theme",
            Self::Dark => "Dark theme",
            Self::System => "Theme of the system",
        }
    }

    /// What a browser is told that the page supports.
    pub fn color_scheme(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "light dark",
        }
    }
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Submitted {
    theme: Theme,
}

/// `POST /theme`
pub async fn submit(State(state): State<AppState>, headers: HeaderMap, Form(form): Form<Submitted>) -> Response {
    let jar = CookieJar::new().add(cookie(&state.config, form.theme));
    (jar, Redirect::to(&page_before(&headers))).into_response()
}

/// Kept for a year; the system's choice needs none.
fn cookie(config: &Config, theme: Theme) -> Cookie<'static> {
    let mut cookie = Cookie::new(COOKIE, theme.word());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(session::is_secure(config));
    cookie.set_path("/");
    cookie.set_max_age(Duration::days(365));
    if theme == Theme::System {
        cookie.make_removal();
    }
    cookie
}

/// The page that sent the form, with the filters that stand in its address by now. Only the path counts: whatever site
/// the rest of the address names, the way leads to this one.
fn page_before(headers: &HeaderMap) -> String {
    let address = headers.get(header::REFERER).and_then(|address| address.to_str().ok()).unwrap_or_default();
    let path = address.splitn(4, '/').nth(3).map(|path| own_path(&format!("/{path}")));
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| "/".to_owned())
}
