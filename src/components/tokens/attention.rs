//! What needs attention: links that set the filter. Empty if nothing does.

use leptos::prelude::*;

use crate::{
    components::{
        common::{hydrated::use_hydrated, text::whole},
        open_dialog::{Dialog, OpenDialog},
    },
    models::{
        change::Change,
        filter::{Filter, ToggleFilter},
        found::Found,
        status_words,
        token::TokenStatus,
        view::View,
    },
};

use super::{token_list::ProjectTokens, view::TokenView};

/// One sentence per reason. The counts cover all tokens, whatever the view shows.
#[component]
pub fn Attention() -> impl IntoView {
    let choices = [
        ToggleFilter::ToAdd,
        ToggleFilter::Status(TokenStatus::Expired),
        ToggleFilter::Status(TokenStatus::ExpiringSoon),
        ToggleFilter::OwnerInactive,
    ];
    view! { <ul class="attention">{choices.map(|choice| view! { <Sentence choice /> }.into_any()).collect_view()}</ul> }
}

#[component]
fn Sentence(choice: ToggleFilter) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let view: TokenView = expect_context();
    let text = whole(move || status_words::attention(choice, counts(tokens, choice).0));
    let remedy = whole(move || match (choice, counts(tokens, choice)) {
        (ToggleFilter::Status(status), (count, helped)) => {
            let begin_again = tokens.totals.with(|found| found.facets.begin_again());
            status_words::attention_remedy(status, count, helped, begin_again as usize)
        }
        _ => String::new(),
    });
    let href = view.href(&View { filter: Filter::default().toggled(choice), ..View::default() });
    let has_button = move || choice == ToggleFilter::ToAdd || counts(tokens, choice).1 > 0;
    let is_shown = Memo::new(move |_| counts(tokens, choice).0 > 0);
    view! {
        {move || is_shown.get().then(|| view! {
            <li>
                <a href=href.clone() data-noscroll="" inner_html=text></a>
                <span inner_html=remedy></span>
                {has_button().then(|| view! { " " <ResyncAll choice /> }.into_any())}
            </li>
        }.into_any())}
    }
}

/// The number of tokens that need attention for this reason, and how many of them work longer after Re-sync; tracked.
fn counts(tokens: ProjectTokens, choice: ToggleFilter) -> (usize, usize) {
    tokens.totals.with(|Found { facets: totals, .. }| {
        let helped = match choice {
            ToggleFilter::Status(status) => totals.resync_helps(status),
            _ => 0,
        };
        (totals.count(choice) as usize, helped as usize)
    })
}

/// Opens the Re-sync dialog for every token of the choice that has products to add. The button takes its space before it works,
/// so that the table does not move.
#[component]
fn ResyncAll(choice: ToggleFilter) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let label = match choice {
        ToggleFilter::Status(TokenStatus::Expired) => "Re-sync expired",
        ToggleFilter::Status(_) => "Re-sync expiring",
        _ => "Re-sync all",
    };
    let resync = move |_| {
        let key = tokens.key();
        let mut behind = Filter::default().toggled(choice);
        behind.products_to_add = true;
        let rows = tokens.list.with_untracked(|list| {
            behind.apply(list).into_iter().filter_map(|at| list.row(at as usize, &key)).collect::<Vec<_>>()
        });
        if !rows.is_empty() {
            dialog.show(Dialog::Change(Change::Resync, rows));
        }
    };
    let hydrated = use_hydrated();
    let is_idle = move || !tokens.is_complete.get() || !hydrated.get();
    view! { <button class="button button-quiet" class:is-idle=is_idle type="button" on:click=resync>{label}</button> }
}
