//! What is shown instead of a page.

use leptos::prelude::*;

use crate::{
    components::{
        common::{alert::RELOAD, effect::effect, help_line::HelpLine},
        layout::page_heading::PageHeading,
    },
    error::AppError,
    paths,
};

/// An error in words, with the way back. Whoever is signed out is led to the sign-in page, and from there back here.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    // What a page could not load was not going to change anything.
    let error = error.of_read();
    if error == AppError::Unauthenticated {
        effect(sign_in);
    }
    let title = error.title();
    let anew = match error {
        AppError::Unavailable | AppError::Internal { .. } | AppError::RateLimited { .. } => Some("Try again"),
        AppError::Updated { .. } => Some(RELOAD),
        _ => None,
    };
    view! {
        <div class="problem">
            <PageHeading title=title.to_owned()>{title}</PageHeading>
            <p>{error.to_string()}</p>
            {(error == AppError::NotFound).then(|| view! { <HelpLine /> })}
            // An empty address is this page's own; the browser loads it anew, not the router.
            {anew.map(|words| view! { <p><a class="button" href="" rel="external">{words}</a></p> })}
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
