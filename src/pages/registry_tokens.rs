//! A project's Registry Tokens page.

use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::prelude::*;

use crate::{
    components::{
        dialog::{DIALOGS_ID, OpenDialog},
        take_over::DATA_ID,
        token_filters::FILTERS_ID,
        tokens::{PageData, Tokens},
        tokens_section::TokensSection,
    },
    models::{
        project::{ProjectView, Subscription},
        view::View,
    },
};

/// Details of the project, then its tokens.
#[component]
pub fn RegistryTokensPage(data: PageData) -> impl IntoView {
    let project = data.rows.listing.project.clone();
    let address = format!("/projects/{}/registry-tokens", project.key);
    let (view, page, pages) = (data.page.view.clone(), data.rows.page, data.rows.pages);
    let for_browser = postcard::to_allocvec(&data).map(|bytes| STANDARD.encode(bytes)).unwrap_or_default();
    provide_context(Tokens::new(data));
    let pages_nav = view! { <Pages address=address.clone() view=view.clone() page pages /> };
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
        <TokensSection>{pages_nav}</TokensSection>
        <WithoutScript address view page />
        <div id=DIALOGS_ID><OpenDialog /></div>
    }
}

/// Where no script runs, or not yet: the rows' buttons submit a form that brings the page back with the dialog open, and
/// a search keeps what else narrows the list.
#[component]
fn WithoutScript(address: String, view: View, page: u32) -> impl IntoView {
    let hidden = |form: &'static str, but: &'static str| {
        let pairs = view.to_pairs().into_iter().filter(move |(name, _)| *name != but);
        // The dropdowns send themselves.
        let pairs = pairs.filter(move |(name, _)| form != FILTERS_ID || !["by", "for", "product"].contains(name));
        pairs.map(move |(name, value)| view! { <input type="hidden" form=form name=name value=value /> }).collect_view()
    };
    view! {
        <form id="open-dialog" method="get" action=address>
            {(page > 1).then(|| view! { <input type="hidden" name="page" value=page.to_string() /> })}
        </form>
        {hidden("open-dialog", "")}
        {hidden(FILTERS_ID, "q")}
    }
}

/// The list in pages, where no script shows it whole.
#[component]
fn Pages(address: String, view: View, page: u32, pages: u32) -> impl IntoView {
    let link = |to: u32, words: &'static str| {
        let mut pairs = view.to_pairs();
        pairs.push(("page", to.to_string()));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        view! { <a href=format!("{address}?{query}")>{words}</a> }
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pages" aria-label="Pages">
                {(page > 1).then(|| link(page - 1, "Previous"))}
                <span>{format!("Page {page} of {pages}")}</span>
                {(page < pages).then(|| link(page + 1, "Next"))}
            </nav>
        }
    })
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
