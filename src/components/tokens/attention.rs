//! What needs somebody's attention, each a link that sets the filter. Nothing where nothing does.

use leptos::prelude::*;

use crate::{
    components::{
        common::hydrated::use_hydrated,
        dialogs::open_dialog::{Dialog, OpenDialog},
    },
    models::{
        change::Change,
        filter::{Choice, Filter},
        token::TokenStatus,
        view::View,
    },
};

use super::{token_list::ProjectTokens, view::TokenView};

/// The sentences.
#[component]
pub fn Attention() -> impl IntoView {
    let soon = Choice::Status(TokenStatus::ExpiringSoon);
    view! {
        <ul class="attention">
            <Sentence choice=Choice::ToAdd one="1 token has products to add" many=" tokens have products to add" />
            <Sentence choice=soon one="1 token ends within 30 days" many=" tokens end within 30 days" />
            <Sentence choice=Choice::OwnerInactive one="1 token's owner has left" many=" tokens' owners have left" />
        </ul>
    }
}

#[component]
fn Sentence(choice: Choice, one: &'static str, many: &'static str) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let view: TokenView = expect_context();
    let count = Memo::new(move |_| tokens.facets.with(|facets| facets.count(choice) as usize));
    let text = move || if count.get() == 1 { one.to_owned() } else { format!("{}{many}", count.get()) };
    let href = view.href(&View { filter: Filter::default().toggled(choice), ..View::default() });
    let has_button = move || choice == Choice::ToAdd && tokens.project.with(|project| !project.closed);
    let is_shown = Memo::new(move |_| count.get() > 0);
    move || {
        is_shown.get().then(|| {
            view! {
                <li>
                    <a href=href.clone() data-noscroll="">{text}</a>
                    {has_button().then(|| view! { " " <ResyncAll /> })}
                </li>
            }
        })
    }
}

/// Opens the dialog of every token that has products to add. Its place is kept until it can do something: the table never
/// moves for it.
#[component]
fn ResyncAll() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let resync = move |_| {
        let key = tokens.key();
        let behind = Filter::default().toggled(Choice::ToAdd);
        let rows = tokens.list.with_untracked(|list| {
            behind.apply(list).into_iter().filter_map(|at| list.row(at as usize, &key)).collect::<Vec<_>>()
        });
        if !rows.is_empty() {
            dialog.show(Dialog::Change(Change::Resync, rows));
        }
    };
    let hydrated = use_hydrated();
    let is_idle = move || !tokens.is_complete.get() || !hydrated.get();
    view! { <button class="button button-quiet" class:is-idle=is_idle type="button" on:click=resync>"Re-sync all"</button> }
}
