//! One token in full.

use codee::binary::PostcardCodec;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_params_map;

use crate::{
    api::tokens::token_details,
    components::{
        common::{page_heading::PageHeading, scope::PageScope, skeleton::Skeleton, status_badge::StatusBadge},
        layout::{navigation::use_form_answer, seen_pages::SeenPages},
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
    error::AppError,
    models::{snippets, token_details::TokenDetails, words::in_words},
    paths,
};

use super::error::ErrorPage;

/// Loads everything that is known of a token, then shows it. What was seen before is shown until it has come anew.
#[component]
pub fn TokenPage() -> impl IntoView {
    let params = use_params_map();
    let seen = use_context::<SeenPages>();
    let scope = PageScope::provide();
    let is_old = StoredValue::new(false);
    let details = Resource::<Result<TokenDetails, AppError>, PostcardCodec>::new_with_options(
        move || params.with(|params| ["key", "name"].map(|name| params.get(name).unwrap_or_default())),
        move |[key, name]| {
            let known = seen.and_then(|seen| seen.take_details(&key, &name));
            is_old.set_value(known.is_some());
            async move {
                match known {
                    Some(details) => Ok(details),
                    None => token_details(key, name).await,
                }
            }
        },
        false,
    );
    Effect::new(move |_| {
        let Some(Ok(shown)) = details.get() else { return };
        let (key, name) = (shown.project.key.clone(), shown.token.name.clone());
        if let Some(seen) = seen {
            seen.put_details(shown);
        }
        if is_old.try_update_value(std::mem::take) == Some(true) {
            scope.spawn(async move {
                let fresh = token_details(key, name).await;
                details.set(Some(fresh));
            });
        }
    });
    let name = params.with_untracked(|params| params.get("name").unwrap_or_default());
    let tested: Tested = RwSignal::new(use_form_answer().test.map(|found| (name, found)));
    let on_error = Callback::new(move |error| details.set(Some(Err(error))));
    let content = move || {
        Suspend::new(async move {
            match details.await {
                Err(error) => Either::Left(view! { <ErrorPage error /> }),
                Ok(details) => Either::Right(view! { <Content details tested on_error /> }),
            }
        })
    };
    // What comes anew takes nothing out of the document, and so no focus: `Suspense` would show the fallback in between.
    view! { <Transition fallback=|| view! { <Skeleton /> }>{content}</Transition> }
}

#[component]
fn Content(details: TokenDetails, tested: Tested, on_error: Callback<AppError>) -> impl IntoView {
    let TokenDetails { project, token, opens, history, pulls, registry, .. } = details.clone();
    let example = opens.iter().find_map(|opened| opened.repositories.first().cloned());
    let login =
        snippets::Login { registry: &registry, login_name: &token.login_name, auth: None, repository: example.as_deref() };
    let tools = snippets::all(login);
    let (name, status) = (token.name.clone(), token.status);
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href=paths::HOME>"My Projects"</a></li>
                <li><a href=paths::tokens(&project.key)>{project.name.clone()}</a></li>
                <li aria-current="page">{token.name.clone()}</li>
            </ol>
        </nav>
        <PageHeading title=format!("{} of {}", token.name, project.name) class="token-name">
            {name} " " <StatusBadge status />
        </PageHeading>
        {token.status_reason.clone().map(|reason| view! { <p class="quiet">{reason}"."</p> })}
        {(!token.to_add.is_empty()).then(|| view! {
            <p>{format!("Products to add: {}. Re-sync Products lets this token open them.", in_words(&token.to_add))}</p>
        })}
        <TokenActions project_key=project.key.clone() token=token.clone() is_admin=project.is_admin() is_closed=project.closed />
        <TokenFacts details />
        <div class="token-columns">
            <div>
                <TokenProducts held=token.products opens />
                <section aria-labelledby="pulls-title">
                    <h2 id="pulls-title">{format!("Pulls of the last 30 days: {}", token.usage.pulls)}</h2>
                    <PullsPlot pulls />
                </section>
                <TokenHistory history />
            </div>
            <div>
                <section aria-labelledby="use-title">
                    <h2 id="use-title">"Log in with it"</h2>
                    <SnippetList tools />
                </section>
                <TestToken project_key=project.key name=token.name login_name=token.login_name tested on_error />
            </div>
        </div>
    }
}
