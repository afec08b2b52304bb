//! What a token opens.

use leptos::prelude::*;

use crate::models::{token::TokenProduct, token_details::Opened};

/// Each product with its own end and its repositories. `held` are the products with their subscriptions.
#[component]
pub fn TokenProducts(held: Vec<TokenProduct>, opens: Vec<Opened>) -> impl IntoView {
    let line = move |Opened { product_key, product_name, repositories }| {
        let held = held.iter().find(|held| held.key == product_key);
        let ends = held.and_then(|held| held.ends.clone()).unwrap_or_else(|| "No subscription".to_owned());
        let running = held.is_some_and(|held| held.running);
        view! {
            <tr>
                <th scope="row" translate="no"><bdi>{product_name}</bdi> " " <code>{product_key}</code></th>
                <td data-label="Subscription ends" class="date"><span translate="no">{ends}</span>{(!running).then_some(" (not running)")}</td>
                <td data-label="Repositories" translate="no"><code>{repositories.join(", ")}</code></td>
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
