//! One token in full: plain HTML from the server, no script.

use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        moment::Moment,
        snippet_list::SnippetList,
        snippets::{self, Login},
        token_row::offered,
    },
    models::{
        account::Person,
        moment,
        project::CLOSED,
        token::{TokenRow, TokenStatus},
        token_details::{Event, Opened, TokenDetails},
        words::in_words,
    },
};

/// What *Test this token* found.
#[derive(Debug, Clone)]
pub struct TestResult {
    pub is_good: bool,
    pub sentence: String,
}

/// Everything that is known of a token, and what can be done with it.
#[component]
pub fn TokenDetailsPage(details: TokenDetails, test: Option<TestResult>) -> impl IntoView {
    let TokenDetails { project, token, opens, history, pulls, secret_made, secret_age, registry, now } = details;
    let example = opens.iter().find_map(|opened| opened.repositories.first().cloned());
    let login = Login { registry: &registry, login_name: &token.login_name, auth: None, repository: example.as_deref() };
    let tools = snippets::all(login);
    let list = format!("/projects/{}/registry-tokens", project.key);
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href="/">"My Projects"</a></li>
                <li><a href=list.clone()>{project.name.clone()}</a></li>
                <li aria-current="page">{token.name.clone()}</li>
            </ol>
        </nav>
        <h1 class="token-name">{token.name.clone()} " " <StatusBadge status=token.status /></h1>
        {token.status_reason.clone().map(|reason| view! { <p class="quiet">{reason}"."</p> })}
        {(!token.to_add.is_empty()).then(|| view! {
            <p>{format!("Products to add: {}. Re-sync Products lets this token open them.", in_words(&token.to_add))}</p>
        })}
        <Actions list token=token.clone() is_admin=project.is_admin() refuses=project.closed />
        <Facts token=token.clone() secret_made secret_age now />
        <div class="token-columns">
            <div>
                <Products token=token.clone() opens />
                <section aria-labelledby="pulls-title">
                    <h2 id="pulls-title">{format!("Pulls of the last 30 days: {}", token.usage.pulls)}</h2>
                    <PullsPlot pulls />
                </section>
                <History history />
            </div>
            <div>
                <section aria-labelledby="use-title">
                    <h2 id="use-title">"Log in with it"</h2>
                    <SnippetList tools />
                </section>
                <TestToken project_key=project.key name=token.name login_name=token.login_name test />
            </div>
        </div>
    }
}

/// What can be done with it: each leads to the list, with the dialog that says the consequence open.
#[component]
fn Actions(list: String, token: TokenRow, is_admin: bool, refuses: bool) -> impl IntoView {
    view! {
        <form class="token-actions" method="get" action=list>
            {offered(&token, is_admin).map(|(_, verb, slug)| view! {
                <button class="button" type="submit" name="dialog" value=format!("{slug}-{}", token.id) disabled=refuses>{verb}</button>
            }).collect_view()}
            {refuses.then(|| view! { <p class="quiet">{CLOSED}</p> })}
        </form>
    }
}

#[component]
fn Facts(token: TokenRow, secret_made: Option<i64>, secret_age: Option<i64>, now: i64) -> impl IntoView {
    let quiet = |text: Option<String>| text.map(|text| view! { " " <span class="quiet">{text}</span> });
    let end = token.days_left.map(moment::in_days);
    let usage = token.usage;
    let client = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    let last_used = match usage.last_at {
        None => Either::Left("Never"),
        Some(at) => Either::Right(view! {
            <Moment at /> {quiet(Some(moment::ago(at, now)))} <span class="fact-more">{format!("from {}{client}", usage.last_address)}</span>
        }),
    };
    let age = secret_age.map(|days| match days {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    });
    let secret = match secret_made {
        None => Either::Left("Unknown"),
        Some(made) => Either::Right(view! { <Moment at=made /> {quiet(age)} }),
    };
    let created = moment::days_ago(&token.created_on, now);
    view! {
        <dl class="facts token-facts">
            <Fact name="Login name" value=view! { <code>{token.login_name}</code> } />
            <Fact name="Token Type" value=token.kind.label() />
            <Fact name="Created For" value=view! { <PersonName person=token.created_for /> } />
            <Fact name="Created By" value=view! { <PersonName person=token.created_by /> } />
            <Fact name="Created On" value=view! { {token.created_on} {quiet(created)} } />
            <Fact name="Subscription End Date" value=view! { {token.subscription_end.unwrap_or_else(|| "None".to_owned())} {quiet(end)} } />
            <Fact name="Last Used" value=last_used />
            <Fact name="Secret made" value=secret />
            {token.overlap_until.map(|until| view! { <Fact name="Former secret works until" value=view! { <Moment at=until /> } /> })}
        </dl>
    }
}

#[component]
fn PersonName(person: Person) -> impl IntoView {
    view! { {person.name} <span class="fact-more">{person.email}</span> }
}

/// Each product with its own end and its repositories.
#[component]
fn Products(token: TokenRow, opens: Vec<Opened>) -> impl IntoView {
    let line = move |Opened { product_key, product_name, repositories }| {
        let held = token.products.iter().find(|held| held.key == product_key).cloned();
        let ends = held.as_ref().and_then(|held| held.ends.clone()).unwrap_or_else(|| "No subscription".to_owned());
        let running = held.is_some_and(|held| held.running);
        view! {
            <tr>
                <th scope="row">{product_name} " " <code>{product_key}</code></th>
                <td data-label="Subscription ends" class="date">{ends}{(!running).then_some(" (not running)")}</td>
                <td data-label="Repositories"><code>{repositories.join(", ")}</code></td>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="opens-title">
            <h2 id="opens-title">"What it opens"</h2>
            <table class="table">
                <thead><tr><th scope="col">"Product"</th><th scope="col">"Subscription ends"</th><th scope="col">"Repositories"</th></tr></thead>
                <tbody>{opens.into_iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// What was done to it, and what was refused to it lately.
#[component]
fn History(history: Vec<Event>) -> impl IntoView {
    view! {
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
    let days: Vec<String> = [pulls.first(), pulls.last()].into_iter().flatten().map(|(day, _)| day.clone()).collect();
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
        <p class="plot-days" aria-hidden="true">{days.into_iter().map(|day| view! { <span>{day}</span> }).collect_view()}</p>
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
