//! What needs somebody's attention, each a link that sets the filter. Nothing where nothing does.

use leptos::{ev, prelude::*};

use crate::models::{
    filter::{Choice, Filter},
    token::{TokenRow, TokenStatus},
};

use super::tokens_island::Tokens;

/// The sentences.
#[component]
pub fn Attention() -> impl IntoView {
    view! {
        <ul class="attention">
            <Sentence choice=Choice::ToAdd one="1 token has products to add" many=" tokens have products to add" />
            <Sentence choice=Choice::Status(TokenStatus::ExpiringSoon) one="1 token ends within 30 days" many=" tokens end within 30 days" />
            <Sentence choice=Choice::OwnerInactive one="1 token's owner has left" many=" tokens' owners have left" />
        </ul>
    }
}

#[component]
fn Sentence(choice: Choice, one: &'static str, many: &'static str) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let Tokens { filter, rows, .. } = tokens;
    let wanted = Filter::default().toggled(choice);
    let href = tokens.address(&wanted.to_query());
    let shown = wanted.clone();
    let count = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row: &&TokenRow| shown.shows(row)).count()));
    let wanted = StoredValue::new(wanted);
    let set = move |event: ev::MouseEvent| {
        event.prevent_default();
        filter.set(wanted.get_value());
    };
    move || {
        let sentence = match count.get() {
            0 => return None,
            1 => one.to_owned(),
            count => format!("{count}{many}"),
        };
        Some(view! { <li><a href=href.clone() on:click=set>{sentence}</a></li> })
    }
}
