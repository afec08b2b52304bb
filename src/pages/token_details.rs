//! One token in full: plain HTML from the server, no script.

use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        moment::Moment,
        snippet_list::SnippetList,
        snippets::{self, Login},
    },
    models::{
        token::TokenStatus,
        token_details::{Event, Opened, TokenDetails},
    },
};

/// What *Test this token* found.
#[derive(Debug, Clone)]
pub struct TestResult {
    pub is_good: bool,
    pub sentence: String,
}

/// Everything that is known of a token.
#[component]
pub fn TokenDetailsPage(details: TokenDetails, test: Option<TestResult>) -> impl IntoView {
    let TokenDetails { project, token, opens, history, pulls, secret_made, secret_age, registry } = details;
    let back = format!("/projects/{}/registry-tokens", project.key);
    let usage = &token.usage;
    let from = if usage.last_client.is_empty() {
        format!(" from {}", usage.last_address)
    } else {
        format!(" from {} ({})", usage.last_address, usage.last_client)
    };
    let last_used = match usage.last_at {
        None => Either::Left("Never"),
        Some(at) => Either::Right(view! { <Moment at />{from} }),
    };
    let age = match secret_age {
        Some(1) => ", 1 day ago".to_owned(),
        Some(days) if days > 1 => format!(", {days} days ago"),
        _ => String::new(),
    };
    let secret = match secret_made {
        None => Either::Left("Unknown"),
        Some(made) => Either::Right(view! { <Moment at=made />{age} }),
    };
    let example = opens.iter().find_map(|opened| opened.repositories.first().cloned());
    let login = Login { registry: &registry, login_name: &token.login_name, auth: None, repository: example.as_deref() };
    let tools = snippets::all(login);
    let products: Vec<_> = opens
        .into_iter()
        .map(|opened| (token.products.iter().find(|held| held.key == opened.product_key).cloned(), opened))
        .collect();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href="/">"My Projects"</a></li>
                <li><a href=back>{project.name.clone()}</a></li>
                <li aria-current="page">{token.name.clone()}</li>
            </ol>
        </nav>
        <h1>{token.name.clone()} " " <StatusBadge status=token.status /></h1>
        {token.status_reason.clone().map(|reason| view! { <p class="quiet">{reason}"."</p> })}
        <dl class="facts">
            <Fact name="Login name" value=view! { <code>{token.login_name.clone()}</code> } />
            <Fact name="Token Type" value=token.kind.label() />
            <Fact name="Created For" value=format!("{} ({})", token.created_for.name, token.created_for.email) />
            <Fact name="Created By" value=format!("{} ({})", token.created_by.name, token.created_by.email) />
            <Fact name="Created On" value=token.created_on.clone() />
            <Fact name="Subscription End Date" value=token.subscription_end.clone().unwrap_or_else(|| "None".to_owned()) />
            <Fact name="Last used" value=last_used />
            <Fact name="Secret made" value=secret />
            {token.overlap_until.map(|until| view! { <Fact name="Former secret works until" value=view! { <Moment at=until /> } /> })}
        </dl>
        <section aria-labelledby="opens-title">
            <h2 id="opens-title">"What it opens"</h2>
            <table class="table">
                <thead><tr><th scope="col">"Product"</th><th scope="col">"Subscription ends"</th><th scope="col">"Repositories"</th></tr></thead>
                <tbody>
                    {products.into_iter().map(|(held, Opened { product_key, product_name, repositories })| {
                        let ends = held.as_ref().and_then(|held| held.ends.clone()).unwrap_or_else(|| "No subscription".to_owned());
                        let running = held.is_some_and(|held| held.running);
                        view! {
                            <tr>
                                <th scope="row">{product_name} " " <code>{product_key}</code></th>
                                <td data-label="Subscription ends" class="date">{ends}{(!running).then_some(" (not running)")}</td>
                                <td data-label="Repositories"><code>{repositories.join(", ")}</code></td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </section>
        <section aria-labelledby="pulls-title">
            <h2 id="pulls-title">{format!("Pulls of the last 30 days: {}", usage.pulls)}</h2>
            <PullsPlot pulls />
        </section>
        <TestToken project_key=project.key.clone() name=token.name.clone() login_name=token.login_name.clone() test />
        <section aria-labelledby="use-title">
            <h2 id="use-title">"Log in with it"</h2>
            <SnippetList tools />
        </section>
        <section aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            <table class="table">
                <thead><tr><th scope="col">"When"</th><th scope="col">"What"</th><th scope="col">"Who"</th><th scope="col">"From"</th></tr></thead>
                <tbody>
                    {history.into_iter().map(|Event { at, what, by, from }| view! {
                        <tr>
                            <th scope="row" class="date"><Moment at /></th>
                            <td data-label="What">{what}</td>
                            <td data-label="Who">{by}</td>
                            <td data-label="From">{from}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn StatusBadge(status: TokenStatus) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", status.slug())>{status.label()}</span> }
}

#[component]
fn Fact<V: IntoView>(name: &'static str, value: V) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
}

/// A bar a day; the numbers stand beside it for whoever cannot see it.
#[component]
fn PullsPlot(pulls: Vec<(String, i64)>) -> impl IntoView {
    const HEIGHT: i64 = 40;
    let width = pulls.len() * 10;
    let most = pulls.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let used: Vec<String> = pulls.iter().filter(|(_, count)| *count > 0).map(|(day, count)| format!("{day}: {count}")).collect();
    let label = if used.is_empty() { "No pulls".to_owned() } else { used.join(", ") };
    view! {
        <svg class="plot" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=label preserveAspectRatio="none">
            {pulls.into_iter().enumerate().map(|(at, (day, count))| {
                // A day with pulls shows, however few.
                let height = if count == 0 { 1 } else { (count * HEIGHT / most).max(3) };
                view! {
                    <rect x=at * 10 + 1 y=HEIGHT - height width="8" height=height><title>{format!("{day}: {count}")}</title></rect>
                }
            }).collect_view()}
        </svg>
    }
}

/// Says of a pasted secret what the registry would.
#[component]
fn TestToken(project_key: String, name: String, login_name: String, test: Option<TestResult>) -> impl IntoView {
    view! {
        <section aria-labelledby="test-title">
            <h2 id="test-title">"Test this token"</h2>
            {test.map(|test| view! {
                <p role="status" class=if test.is_good { "notice" } else { "alert" }>{test.sentence}</p>
            })}
            <form method="post" action=format!("/projects/{project_key}/tokens/{name}/test#test-title") autocomplete="off">
                <div class="field">
                    <label for="test-login-name">"Name to test"</label>
                    <input id="test-login-name" class="mono" name="login_name" value=login_name required spellcheck="false" />
                </div>
                <div class="field">
                    <label for="test-secret">"Secret to test"</label>
                    <input id="test-secret" class="mono" name="secret" type="password" required autocomplete="off" data-1p-ignore="true" />
                </div>
                <button class="button" type="submit">"Test"</button>
            </form>
        </section>
    }
}
