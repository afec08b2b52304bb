//! The introduction for a project without tokens: what a token is, and how to use one. The style sheet shows it instead of the
//! list.

use leptos::prelude::*;

use crate::{
    components::common::text::whole,
    models::{text::isolated, words::in_words},
};

use super::token_list::ProjectTokens;

/// Three steps, and the products to pull. *Generate Token* is shown beside it.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let todo = whole(move || {
        tokens.project.with(|project| {
            let todo = project.generate_refusal().map(|refusal| refusal.to_string()).unwrap_or_else(|| {
                let products: Vec<String> = project.running().map(|subscription| isolated(&subscription.product_name)).collect();
                format!("Generate one to pull images of {} with docker.", in_words(&products))
            });
            format!("No tokens yet. {todo}")
        })
    });
    view! {
        <div class="first-steps">
            <p>
                "A registry token is a login name and a secret. With them docker, Kubernetes and other tools log in to the registry and pull the images of your products."
            </p>
            <ol>
                <li>"Generate a token for each place that pulls, such as a laptop, a pipeline or a cluster."</li>
                <li>"Store its Token Secret there: it is shown once."</li>
                <li>"Log in with it, and pull. This page then says when it was used last and until when it works."</li>
            </ol>
            <p inner_html=todo></p>
        </div>
    }
}
