//! The card of a project on My Projects.

use leptos::prelude::*;

use crate::{models::project::ProjectSummary, paths};

/// A link to the project's tokens, with the project's main properties.
#[component]
pub fn ProjectCard(project: ProjectSummary) -> impl IntoView {
    let tokens = if project.tokens == 1 { "1 token".to_owned() } else { format!("{} tokens", project.tokens) };
    let facts = [project.kind, project.support_tier].into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let end = project.subscription_end.map(|end| format!(" · subscriptions until {end}")).unwrap_or_default();
    view! {
        <a class="project" href=paths::tokens(&project.key)>
            <span class="project-name">
                <bdi translate="no">{project.name}</bdi>
                {project.closed.then(|| view! { <span class="badge badge-plain">"Closed"</span> }.into_any())}
            </span>
            <code class="project-key" translate="no">{project.key.clone()}</code>
            <span class="project-facts">{facts}</span>
            <span class="project-facts">{format!("{tokens} · {}{end}", project.role.label())}</span>
        </a>
    }
}
