//! The page *My Projects*.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    api::projects::list_projects,
    components::{layout::page_heading::PageHeading, project::card::ProjectCard},
    models::{page_content::PageContent, project::ProjectSummary},
};

use super::loaded::{LoadPage, LoadedPage, ShowPage};

/// Lists the projects of the signed-in user.
#[component]
pub fn MyProjectsPage() -> impl IntoView {
    let load: LoadPage = Arc::new(|_| Box::pin(async { list_projects().await.map(PageContent::Projects) }));
    let show: ShowPage = Arc::new(|content, _| match content {
        PageContent::Projects(projects) => view! { <Content projects /> }.into_any(),
        _ => ().into_any(),
    });
    view! { <LoadedPage load show is_mine=|content| matches!(content, PageContent::Projects(_)) /> }
}

/// Each project is a link to its tokens.
#[component]
fn Content(projects: Vec<ProjectSummary>) -> impl IntoView {
    let is_empty = projects.is_empty();
    view! {
        <PageHeading title="My Projects".to_owned()>"My Projects"</PageHeading>
        {is_empty.then(|| view! {
            <p class="empty">"You are in no project yet. Ask your customer admin or the vendor's support to add you."</p>
        }.into_any())}
        <ul class="projects">
            {projects.into_iter().map(|project| view! { <li><ProjectCard project /></li> }.into_any()).collect_view()}
        </ul>
        {(!is_empty).then(|| view! { <p class="quiet zone">"Days are in UTC."</p> }.into_any())}
    }
}
