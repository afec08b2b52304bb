//! The details of a project, shown above its tokens.

use leptos::prelude::*;

use crate::models::project::{ProjectView, Subscription};

/// A one-line summary that expands to all details.
#[component]
pub fn ProjectDetails(project: ProjectView) -> impl IntoView {
    let end = project.subscription_end.clone();
    let summary = [project.kind.clone(), project.support_tier.clone()].into_iter().filter(|fact| !fact.is_empty());
    let days = [end.map(|end| format!("subscriptions until {end}")), Some("days are in UTC".to_owned())];
    let summary = summary.chain(days.into_iter().flatten()).collect::<Vec<_>>().join(" · ");
    let shown = |text: String| if text.is_empty() { "Not stated".to_owned() } else { text };
    view! {
        <details class="details" data-popup="">
            <summary>
                <code translate="no">{project.key.clone()}</code>
                <span>{summary}</span>
                {project.closed.then(|| view! { <span class="badge badge-plain">"Closed"</span> }.into_any())}
            </summary>
            <div class="details-panel">
                <dl class="facts">
                    <div><dt>"Project name"</dt><dd translate="no">{project.name}</dd></div>
                    <div><dt>"Project key"</dt><dd translate="no"><code>{project.key}</code></dd></div>
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
                        {project.subscriptions.into_iter().map(|subscription| view! { <SubscriptionLine subscription /> }.into_any()).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
}

#[component]
fn SubscriptionLine(subscription: Subscription) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" translate="no"><bdi>{subscription.product_name}</bdi> " " <code>{subscription.product_key}</code></th>
            <td class="date" translate="no">{subscription.starts}</td>
            <td class="date" translate="no">{subscription.ends}</td>
            <td>{if subscription.running { "Running" } else { "Not running" }}</td>
        </tr>
    }
}
