//! The products that a token gives access to, and those that it no longer gives access to.

use leptos::prelude::*;

use crate::models::{obstacles::Obstacles, token_details::HeldProduct};

/// *Opens* lists the products with a running subscription, with end date and repositories. *No longer opens* lists the others,
/// with end date and remedy. `obstacles` are the reasons why the token's secret does not work.
#[component]
pub fn TokenProducts(products: Vec<HeldProduct>, obstacles: Obstacles) -> impl IntoView {
    let (running, ended): (Vec<_>, Vec<_>) = products.into_iter().partition(|product| product.running);
    let nothing = if running.is_empty() {
        Some("Nothing: no subscription to its products is running.".to_owned())
    } else {
        (!obstacles.is_none()).then(|| format!("Nothing until {}. Then:", obstacles.until(true)))
    };
    view! {
        <section aria-labelledby="opens-title">
            <h2 id="opens-title">"Opens"</h2>
            {nothing.map(|text| view! { <p>{text}</p> }.into_any())}
            {table(running, ["Subscription ends", "Repositories"])}
        </section>
        {(!ended.is_empty()).then(|| view! {
            <section aria-labelledby="ended-title">
                <h2 id="ended-title">"No longer opens"</h2>
                {table(ended, ["Subscription ended", "What to do"])}
            </section>
        }.into_any())}
    }
}

/// One row per product: its repositories, or the remedy if its subscription does not run.
fn table(products: Vec<HeldProduct>, [ends, more]: [&'static str; 2]) -> Option<AnyView> {
    let line = move |product: HeldProduct| {
        // Otherwise the value is a phrase.
        let is_day = product.ends.starts_with(|letter: char| letter.is_ascii_digit());
        view! {
            <tr>
                <th scope="row" translate="no"><bdi>{product.name}</bdi> " " <code>{product.key}</code></th>
                <td data-label=ends class="date" translate=is_day.then_some("no")>{product.ends}</td>
                <td data-label=more>
                    {if product.running { view! { <code translate="no">{product.repositories.join(", ")}</code> }.into_any() } else { product.remedy.into_any() }}
                </td>
            </tr>
        }
        .into_any()
    };
    (!products.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead><tr><th scope="col">"Product"</th><th scope="col">{ends}</th><th scope="col">{more}</th></tr></thead>
                <tbody>{products.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
        .into_any()
    })
}
