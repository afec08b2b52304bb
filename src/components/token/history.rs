//! What happened to a token.

use leptos::prelude::*;

use crate::{components::common::date_time::DateTime, models::token_details::Event};

/// What was done to it, and what was refused to it lately.
#[component]
pub fn TokenHistory(history: Vec<Event>) -> impl IntoView {
    let line = |Event { at, what, by, from }| {
        view! {
            <tr>
                <th scope="row" class="date"><DateTime at /></th>
                <td data-label="What">{what}</td>
                <td data-label="Who">{by}</td>
                <td data-label="From">{from}</td>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            <table class="table">
                <thead><tr><th scope="col">"When"</th><th scope="col">"What"</th><th scope="col">"Who"</th><th scope="col">"From"</th></tr></thead>
                <tbody>{history.into_iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
}
