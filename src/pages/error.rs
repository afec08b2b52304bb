//! The page that replaces a page that cannot be shown.

use leptos::prelude::*;

use crate::{
    components::{
        common::{alert::RELOAD, effect::effect, help_line::HelpLine},
        layout::page_heading::PageHeading,
    },
    error::AppError,
    paths,
};

/// The error as text, with a link to My Projects. A signed-out user is sent to the sign-in page, which leads back here.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    // A failed page load changed nothing.
    let error = error.of_read();
    if error == AppError::Unauthenticated {
        effect(sign_in);
    }
    let title = error.title();
    let anew = match error {
        AppError::Unavailable | AppError::Internal { .. } | AppError::RateLimited { .. } => Some("Try again"),
        _ => error.needs_reload().then_some(RELOAD),
    };
    view! {
        <div class="problem">
            <PageHeading title=title.to_owned()>{title}</PageHeading>
            <p>{error.to_string()}</p>
            {(error == AppError::NotFound).then(|| view! { <HelpLine /> }.into_any())}
            // An empty `href` is the current page. `rel="external"` makes the browser load it, not the router.
            {anew.map(|words| view! { <p><a class="button" href="" rel="external">{words}</a></p> }.into_any())}
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
