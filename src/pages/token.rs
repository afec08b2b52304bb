//! The page of one token.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::tokens::token_details,
    components::{
        common::{copy_field::CopyField, show_error::ShowError, status_badge::StatusBadge},
        layout::{navigation::use_form_answer, page_heading::PageHeading},
        snippets::SnippetList,
        token::{
            actions::TokenActions,
            facts::TokenFacts,
            history::TokenHistory,
            products::TokenProducts,
            pulls_plot::PullsPlot,
            test_token::{TestToken, Tested},
        },
    },
    models::{page_content::PageContent, status_words, text::isolated, token_details::TokenDetails},
    paths,
};

use super::loaded::{LoadPage, LoadedPage, ShowPage, params_of};

/// Shows all details of a token.
#[component]
pub fn TokenPage() -> impl IntoView {
    let params = use_params_map().with_untracked(params_of);
    let tested: Tested = RwSignal::new(use_form_answer().test.map(|found| (params, found)));
    let load: LoadPage = Arc::new(|[key, name]| {
        Box::pin(async { token_details(key, name).await.map(|details| PageContent::Token(details.into())) })
    });
    let show: ShowPage = Arc::new(move |content, show_error| match content {
        PageContent::Token(details) => view! { <Content details=*details tested show_error /> }.into_any(),
        _ => ().into_any(),
    });
    view! { <LoadedPage load show is_mine=|content| matches!(content, PageContent::Token(_)) /> }
}

#[component]
fn Content(details: TokenDetails, tested: Tested, show_error: ShowError) -> impl IntoView {
    let TokenDetails { project, token, products, history, pulls, registry, tools, now, .. } = details.clone();
    let (name, status) = (token.name.clone(), token.status);
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href=paths::HOME>"My Projects"</a></li>
                <li><a href=paths::tokens(&project.key) translate="no">{project.name.clone()}</a></li>
                <li aria-current="page" translate="no">{token.name.clone()}</li>
            </ol>
        </nav>
        <PageHeading title=format!("{} of {}", isolated(&token.name), isolated(&project.name)) class="token-name">
            <bdi translate="no">{name}</bdi> " " <StatusBadge status />
        </PageHeading>
        {status_words::first_line(&token).map(|line| view! { <p class="quiet">{line}</p> }.into_any())}
        {status_words::products_to_add(&token).map(|text| view! { <p>{text}</p> }.into_any())}
        <div class="token-login">
            <CopyField id="registry" label="Registry" what="registry" value=registry />
            <CopyField id="login-name" label="Login name" what="login name" value=token.login_name.clone() />
        </div>
        <TokenActions project_key=project.key.clone() token=token.clone() is_admin=project.is_admin() is_closed=project.closed />
        <TokenFacts details />
        <div class="token-columns">
            <div>
                <TokenProducts products obstacles=token.obstacles() />
                <section aria-labelledby="pulls-title">
                    <h2 id="pulls-title">{format!("Pulls of the last 30 days: {}", token.usage.pulls)}</h2>
                    <PullsPlot pulls />
                </section>
                <TokenHistory history now project_key=project.key.clone() token_id=token.id />
            </div>
            <div>
                <section aria-labelledby="use-title">
                    <h2 id="use-title">"Log in with it"</h2>
                    <SnippetList tools copyable=true />
                </section>
                <TestToken project_key=project.key name=token.name login_name=token.login_name tested show_error />
            </div>
        </div>
    }
}
