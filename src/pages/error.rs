//! What is shown instead of a page.

use leptos::prelude::*;

use crate::{
    components::common::{effect::effect, page_heading::PageHeading},
    error::AppError,
    paths,
};

/// An error in words, with the way back. Whoever is signed out is led to the sign-in page, and from there back here.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    // What a page could not load was not going to change anything.
    let error = if error == AppError::NoAnswer { AppError::Unavailable } else { error };
    if error == AppError::Unauthenticated {
        effect(sign_in);
    }
    let title = error.title();
    let is_passing = matches!(error, AppError::Unavailable | AppError::Internal { .. } | AppError::RateLimited { .. });
    view! {
        <div class="problem">
            <PageHeading title=title.to_owned()>{title}</PageHeading>
            <p>{error.to_string()}</p>
            // An empty address is this page's own; the browser loads it anew, not the router.
            {is_passing.then(|| view! { <p><a class="button" href="" rel="external">"Try again"</a></p> })}
            <p><a href=paths::HOME>"Go to My Projects"</a></p>
        </div>
    }
}

/// Loads the sign-in page.
fn sign_in() {
    let location = window().location();
    let (path, search) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    let _ = location.set_href(&paths::sign_in_to(&format!("{path}{search}")));
}
