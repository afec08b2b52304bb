//! What needs somebody's attention, each a link that sets the filter. Nothing where nothing does.

use leptos::prelude::*;
use maud::html;

use crate::models::{
    filter::{Choice, Filter},
    token::TokenStatus,
    view::View,
};

use super::{
    follow::{What, follow},
    tokens::Tokens,
};

const ID: &str = "tokens-attention";
const SENTENCES: [(Choice, &str, &str); 3] = [
    (Choice::ToAdd, "1 token has products to add", " tokens have products to add"),
    (Choice::Status(TokenStatus::ExpiringSoon), "1 token ends within 30 days", " tokens end within 30 days"),
    (Choice::OwnerInactive, "1 token's owner has left", " tokens' owners have left"),
];

/// The sentences.
#[component]
pub fn Attention() -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! { <ul id=ID class="attention" inner_html=sentences(tokens)></ul> }
}

/// Keeps them as the list is.
pub fn follow_the_list(tokens: Tokens) {
    follow(ID, What::Html, move || Some(sentences(tokens)));
}

fn sentences(tokens: Tokens) -> String {
    let can_resync = tokens.project.with(|project| !project.closed);
    // Its place is kept until it can do something: the table never moves for it.
    let is_idle = !tokens.is_complete.get() || !tokens.hydrated.get();
    let href = |choice| tokens.address(&View { filter: Filter::default().toggled(choice), ..View::default() }.to_query());
    let items = tokens.facets.with(|facets| {
        html! {
            @for (at, (choice, one, many)) in SENTENCES.into_iter().enumerate() {
                @let count = facets.count(choice);
                @if count > 0 {
                    li {
                        a id={ "attention-" (at) } href=(href(choice)) data-do="view" {
                            @if count == 1 { (one) } @else { (count) (many) }
                        }
                        @if choice == Choice::ToAdd && can_resync {
                            " "
                            button #resync-all.button.button-quiet.is-idle[is_idle] type="button" data-do="resync-all" { "Re-sync all" }
                        }
                    }
                }
            }
        }
    });
    items.into_string()
}
