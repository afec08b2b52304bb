//! My Projects.

use leptos::prelude::*;

use crate::models::project::ProjectSummary;

/// The projects of whoever is signed in, each a link to its tokens.
#[component]
pub fn MyProjectsPage(projects: Vec<ProjectSummary>) -> impl IntoView {
    let is_empty = projects.is_empty();
    view! {
        <h1>"My Projects"</h1>
        {is_empty.then(|| view! {
            <p class="empty">"You are in no project yet. Ask your customer admin or the vendor's support to add you."</p>
        })}
        <ul class="projects">
            {projects.into_iter().map(|project| view! { <li><ProjectCard project /></li> }).collect_view()}
        </ul>
    }
}

#[component]
fn ProjectCard(project: ProjectSummary) -> impl IntoView {
    let tokens = if project.tokens == 1 { "1 token".to_owned() } else { format!("{} tokens", project.tokens) };
    let facts = [project.kind, project.support_tier].into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <a class="project" href=format!("/projects/{}/registry-tokens", project.key)>
            <span class="project-name">
                {project.name}
                {project.closed.then(|| view! { <span class="badge badge-plain">"Closed"</span> })}
            </span>
            <code class="project-key">{project.key.clone()}</code>
            <span class="project-facts">{facts}</span>
            <span class="project-facts">
                {format!("{tokens} · {}", project.role.label())}
                {project.subscription_end.map(|end| format!(" · subscriptions until {end}"))}
            </span>
        </a>
    }
}
