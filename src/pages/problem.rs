//! What is shown instead of a page.

use leptos::prelude::*;

use crate::error::AppError;

/// An error in words, with the way back.
#[component]
pub fn ProblemPage(error: AppError) -> impl IntoView {
    let is_passing = matches!(error, AppError::Unavailable | AppError::Internal { .. } | AppError::RateLimited { .. });
    view! {
        <div class="problem">
            <h1>{error.title()}</h1>
            <p>{error.to_string()}</p>
            // An empty address is this page's own.
            {is_passing.then(|| view! { <p><a class="button" href="">"Try again"</a></p> })}
            <p><a href="/">"Go to My Projects"</a></p>
        </div>
    }
}
