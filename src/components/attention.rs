//! What needs somebody's attention, each a link that sets the filter. Nothing where nothing does.

use leptos::{ev, prelude::*};

use crate::models::{
    filter::{Choice, Filter},
    token::TokenStatus,
    view::View,
};

use super::{dialog::Change, selection::Selection, tokens::Tokens};

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
    let wanted = View { filter: Filter::default().toggled(choice), ..View::default() };
    let href = tokens.address(&wanted.to_query());
    let count = Memo::new(move |_| tokens.facets.with(|facets| facets.count(choice)));
    let wanted = StoredValue::new(wanted);
    let set = move |event: ev::MouseEvent| {
        event.prevent_default();
        tokens.view.set(wanted.get_value());
    };
    let resync_all = move |_| {
        let mut chosen = Selection::default();
        tokens.list.with_untracked(|list| {
            chosen.set(list, &wanted.with_value(|wanted| wanted.apply(list)), true);
        });
        tokens.open_change(Change::Resync, &chosen);
    };
    let can_resync = move || choice == Choice::ToAdd && tokens.is_complete.get() && tokens.hydrated.get();
    move || {
        let sentence = match count.get() {
            0 => return None,
            1 => one.to_owned(),
            count => format!("{count}{many}"),
        };
        Some(view! {
            <li>
                <a href=href.clone() on:click=set>{sentence}</a>
                {move || can_resync().then(|| view! {
                    " " <button id="resync-all" class="button button-quiet" type="button" on:click=resync_all>"Re-sync all"</button>
                })}
            </li>
        })
    }
}
