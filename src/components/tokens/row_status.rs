//! The status cell of a row.

use leptos::prelude::*;

use crate::{
    components::common::{date_time::DateTime, status_badge::StatusBadge},
    models::{
        status_words,
        token::{TokenRow, TokenStatus},
    },
};

/// Two short lines. The first is the status badge, with the number of products that Re-sync would add. The second is the news,
/// most urgent first: why the token is disabled, what makes it work again, and until when two secrets work.
#[component]
pub fn Status(token: TokenRow) -> impl IntoView {
    let keys = token.products_to_add.join(", ");
    let products_to_add = (!token.products_to_add.is_empty()).then(|| {
        let word = if token.products_to_add.len() == 1 { " product" } else { " products" };
        view! {
            <span class="badge badge-plain to-add" title=keys>
                {format!("+{}", token.products_to_add.len())} <span class="hidden">{word}</span> " to add"
            </span>
        }
    });
    let overlap = token.overlap_until.map(|until| view! { <span>"Two secrets until " <DateTime at=until /></span> }.into_any());
    let is_overlap_first = matches!(token.status, TokenStatus::Active | TokenStatus::ExpiringSoon);
    let news = status_words::news(&token).map(|(short, whole)| view! { <span title=whole>{short}</span> });
    let has_news = overlap.is_some() || news.is_some();
    let (first, last) = if is_overlap_first { (overlap, None) } else { (None, overlap) };
    view! {
        <StatusBadge status=token.status />
        {products_to_add}
        {has_news.then(|| view! { <span class="news">{first}{news}{last}</span> })}
    }
}
