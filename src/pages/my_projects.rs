//! My Projects.

use codee::binary::PostcardCodec;
use leptos::{either::Either, prelude::*};

use crate::{
    api::projects::list_projects,
    components::{
        common::{page_heading::PageHeading, scope::PageScope, skeleton::Skeleton},
        layout::seen_pages::SeenPages,
        project::card::ProjectCard,
    },
    error::AppError,
    models::project::ProjectSummary,
};

use super::error::ErrorPage;

/// Loads the projects of whoever is signed in, then shows them. What was seen before is shown until it has come anew.
#[component]
pub fn MyProjectsPage() -> impl IntoView {
    let seen = use_context::<SeenPages>();
    let scope = PageScope::provide();
    let is_old = StoredValue::new(false);
    let projects = Resource::<Result<Vec<ProjectSummary>, AppError>, PostcardCodec>::new_with_options(
        || (),
        move |()| {
            let known = seen.and_then(SeenPages::take_projects);
            is_old.set_value(known.is_some());
            async move {
                match known {
                    Some(projects) => Ok(projects),
                    None => list_projects().await,
                }
            }
        },
        false,
    );
    Effect::new(move |_| {
        let Some(Ok(shown)) = projects.get() else { return };
        if let Some(seen) = seen {
            seen.put_projects(shown);
        }
        if is_old.try_update_value(std::mem::take) == Some(true) {
            scope.spawn(async move {
                let fresh = list_projects().await;
                projects.set(Some(fresh));
            });
        }
    });
    let content = move || {
        Suspend::new(async move {
            match projects.await {
                Err(error) => Either::Left(view! { <ErrorPage error /> }),
                Ok(projects) => Either::Right(view! { <Content projects /> }),
            }
        })
    };
    // What comes anew takes nothing out of the document, and so no focus: `Suspense` would show the fallback in between.
    view! { <Transition fallback=|| view! { <Skeleton /> }>{content}</Transition> }
}

/// Each project is a link to its tokens.
#[component]
fn Content(projects: Vec<ProjectSummary>) -> impl IntoView {
    let is_empty = projects.is_empty();
    view! {
        <PageHeading title="My Projects".to_owned()>"My Projects"</PageHeading>
        {is_empty.then(|| view! {
            <p class="empty">"You are in no project yet. Ask your customer admin or the vendor's support to add you."</p>
        })}
        <ul class="projects">
            {projects.into_iter().map(|project| view! { <li><ProjectCard project /></li> }).collect_view()}
        </ul>
    }
}
