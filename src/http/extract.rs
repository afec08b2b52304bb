//! Extractors for handlers.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::server::{client_info::ClientInfo, request::session, state::AppState};

impl FromRequestParts<AppState> for ClientInfo {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(session::origin(state, &state.unreadable_proxies, parts))
    }
}
