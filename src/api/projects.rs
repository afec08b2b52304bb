//! Server functions for projects.

use leptos::{prelude::*, server_fn::codec::Postcard};

use crate::{error::AppError, models::project::ProjectSummary};

use super::client::PortalClient;
#[cfg(feature = "ssr")]
use {
    super::context::{caller, respond},
    crate::server::projects,
};

/// The projects that the caller is a member of.
#[server(prefix = "/api", endpoint = "projects/list", input = Postcard, output = Postcard, client = PortalClient)]
pub async fn list_projects() -> Result<Vec<ProjectSummary>, AppError> {
    let (state, actor) = caller().await?;
    respond(&state, projects::mine(&state, &actor).await)
}
