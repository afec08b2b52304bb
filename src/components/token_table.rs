//! The tokens, a row each.

use leptos::{either::Either, prelude::*};

use crate::models::words::in_words;

use super::{token_filters::ClearFilters, token_row::TokenTableRow, tokens_island::Tokens};

/// The table, or what to do where there is nothing to show.
#[component]
pub fn TokenTable() -> impl IntoView {
    let Tokens { rows, filter, project, .. } = expect_context();
    let is_admin = project.with_untracked(|project| project.is_admin());
    let shown = Memo::new(move |_| {
        rows.with(|rows| filter.with(|filter| rows.iter().filter(|row| filter.shows(row)).cloned().collect::<Vec<_>>()))
    });
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <table class="table tokens-table" class:is-empty=is_empty>
            <caption class="hidden">"Registry tokens of this project, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Token Name"</th>
                    {is_admin.then(|| view! {
                        <th scope="col">"Token Type"</th>
                        <th scope="col">"Created For"</th>
                        <th scope="col">"Created By"</th>
                    })}
                    <th scope="col">"Subscription End Date"</th>
                    <th scope="col">"Products"</th>
                    <th scope="col">"Created On"</th>
                    <th scope="col">"Token Status"</th>
                    <th scope="col">"Actions"</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || shown.get() key=Clone::clone children=move |row| view! { <TokenTableRow row is_admin /> } />
            </tbody>
        </table>
        {move || is_empty.get().then(|| view! { <NothingToShow /> })}
    }
}

/// What to do now.
#[component]
fn NothingToShow() -> impl IntoView {
    let Tokens { rows, project, .. } = expect_context();
    move || {
        if rows.with(|rows| !rows.is_empty()) {
            return Either::Left(view! { <p class="empty">"No token matches. " <ClearFilters /></p> });
        }
        let sentence = project.with(|project| match project.generate_refusal() {
            Some(refusal) => format!("No tokens yet. {refusal}"),
            None => {
                let products: Vec<&str> = project.running().map(|subscription| subscription.product_name.as_str()).collect();
                format!("No tokens yet. Generate one to pull images of {} with docker.", in_words(&products))
            }
        });
        Either::Right(view! { <p class="empty">{sentence}</p> })
    }
}
