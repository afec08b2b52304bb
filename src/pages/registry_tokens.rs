//! A project's Registry Tokens page.

use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::prelude::*;

use crate::{
    components::tokens_island::{DATA_ID, DIALOGS_ID, OpenDialog, PageData, Tokens, TokensIsland},
    models::project::{ProjectView, Subscription},
};

/// Details of the project, then its tokens.
#[component]
pub fn RegistryTokensPage(data: PageData) -> impl IntoView {
    let project = data.project.clone();
    let for_browser = postcard::to_allocvec(&data).map(|bytes| STANDARD.encode(bytes)).unwrap_or_default();
    provide_context(data.clone());
    provide_context(Tokens::new(data));
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href="/">"My Projects"</a></li>
                <li>{project.name.clone()}</li>
                <li aria-current="page">"Registry Tokens"</li>
            </ol>
        </nav>
        <h1>{project.name.clone()}</h1>
        <ProjectDetails project />
        <div id=DATA_ID hidden data-value=for_browser></div>
        <TokensIsland />
        <div id=DIALOGS_ID><OpenDialog /></div>
    }
}

/// One quiet line that opens to everything.
#[component]
fn ProjectDetails(project: ProjectView) -> impl IntoView {
    let end = project.subscriptions.iter().map(|subscription| subscription.ends.clone()).max();
    let summary = [project.kind.clone(), project.support_tier.clone()].into_iter().filter(|fact| !fact.is_empty());
    let summary = summary.chain(end.map(|end| format!("subscriptions until {end}"))).collect::<Vec<_>>().join(" · ");
    let shown = |text: String| if text.is_empty() { "Not stated".to_owned() } else { text };
    view! {
        <details class="details">
            <summary>
                <code>{project.key.clone()}</code>
                <span>{summary}</span>
                {project.closed.then(|| view! { <span class="badge badge-plain">"Closed"</span> })}
            </summary>
            <dl class="facts">
                <div><dt>"Project name"</dt><dd>{project.name}</dd></div>
                <div><dt>"Project key"</dt><dd><code>{project.key}</code></dd></div>
                <div><dt>"Project type"</dt><dd>{shown(project.kind)}</dd></div>
                <div><dt>"Support tier"</dt><dd>{shown(project.support_tier)}</dd></div>
            </dl>
            <table class="table subscriptions">
                <caption>"Subscriptions"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col">"Start"</th>
                        <th scope="col">"End"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>
                    {project.subscriptions.into_iter().map(|subscription| view! { <SubscriptionLine subscription /> }).collect_view()}
                </tbody>
            </table>
        </details>
    }
}

#[component]
fn SubscriptionLine(subscription: Subscription) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{subscription.product_name} " " <code>{subscription.product_key}</code></th>
            <td class="date">{subscription.starts}</td>
            <td class="date">{subscription.ends}</td>
            <td>{if subscription.running { "Running" } else { "Not running" }}</td>
        </tr>
    }
}
