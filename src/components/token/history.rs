//! The history of a token.

use leptos::prelude::*;

use crate::{
    components::common::date_time::{DateTime, use_zone},
    models::token_details::Event,
    paths,
};

/// Changes to the token and recently denied requests. `now` is when the history was read (Unix seconds).
#[component]
pub fn TokenHistory(history: Vec<Event>, now: i64, project_key: String, token_id: String) -> impl IntoView {
    let resync = paths::tokens_with(&project_key, &format!("dialog=resync-{token_id}"));
    let line = |Event { at, what, repeated, resync_helps, by, from }| {
        let repeated = repeated.map(|(count, first)| {
            view! { <div class="quiet">{format!("{count} times since ")} <DateTime at=first zone_of=now /></div> }.into_any()
        });
        let button = resync_helps
            .then(|| view! { " " <a class="button button-quiet" href=resync.clone()>"Re-sync Products"</a> }.into_any());
        view! {
            <tr>
                <th scope="row" class="date"><DateTime at zone_of=now /></th>
                <td data-label="What">{what}{button}{repeated}</td>
                <td data-label="Who" translate="no">{by}</td>
                <td data-label="From" translate="no">{from}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            <table class="table history">
                <thead><tr><th scope="col">"Time (" {use_zone(now)} ")"</th><th scope="col">"What"</th><th scope="col">"Who"</th><th scope="col">"From"</th></tr></thead>
                <tbody>{history.into_iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
}
