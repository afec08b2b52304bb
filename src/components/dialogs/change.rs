//! *Re-sync Products*, *Disable*, *Enable* and *Delete*, for one or many tokens: shows the consequence, then makes the change.

use leptos::{ev, prelude::*, task::tick};

use crate::{
    components::{
        common::{date_time::local_text, hydrated::use_hydrated, modal::CONSEQUENCE_ID, text::whole},
        open_dialog::{Dialog, OpenDialog},
        tokens::{chunks::Progress, token_list::ProjectTokens},
    },
    models::{change::Change, change_words, confirmation, token::TokenRow},
};

use super::{
    change_work::Work,
    confirm::{Confirm, ConfirmDialog},
    typed_field::TypedField,
};

/// The dialog of a change to these tokens.
#[component]
pub fn ChangeDialog(change: Change, rows: Vec<TokenRow>) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let dialog: OpenDialog = expect_context();
    let refused = dialog.take_refused();
    let (typed, refusal) = refused
        .map(|refused| (if change == Change::Delete { refused.confirm } else { refused.reason }, Some(refused.error)))
        .unwrap_or_default();
    let work = Work::new(change, rows.clone(), refusal);
    let Work { is_loading, error, field, on_close, is_asked, progress, .. } = work;
    let on_submit = Callback::new(move |()| work.submit());

    let all = rows.len();
    let latest = work.latest;
    // Another user may re-sync a token while the dialog is open.
    let has_added = move || latest.with(|rows| rows.iter().any(|row| !row.products_to_add.is_empty()));
    let confirm = Confirm {
        title: change_words::title(change, &rows),
        slug: change.token_action().slug(),
        button: change_words::button(change, &rows),
        is_destructive: matches!(change, Change::Disable | Change::Delete),
        is_possible: Signal::derive(move || change != Change::Resync || has_added()),
        question: None,
        token: if let [row] = &rows[..] { Some(row.clone()) } else { None },
        field_name: if change == Change::Delete { "confirm" } else { "reason" },
    };
    let line = |line: String| view! { <li>{line}</li> }.into_any();
    let lines = move || {
        let lines = latest.with(|rows| change_words::lines(change, rows, tokens.now.get_untracked()));
        lines.into_iter().map(line).collect_view()
    };
    let is_local = use_hydrated();
    let added = confirm.token.as_ref().filter(|_| change == Change::Resync).map(|row| row.products_to_add.clone());
    let added = added.map(|keys| keys.into_iter().map(line).collect_view());
    let consequence = move || match tokens.project.with(|project| project.change_refusal()) {
        // The rows do not tell why there is nothing to add.
        Some(refusal) if change == Change::Resync => refusal.to_owned(),
        _ => latest.with(|rows| change_words::consequence(change, rows, tokens.now.get(), |at| local_text(at, is_local.get()))),
    };
    let after = move || latest.with(|rows| change_words::after(change, rows, tokens.now.get()));
    let field_name = confirm.field_name;
    let (label, placeholder) = match (change, rows.first()) {
        (Change::Delete, Some(row)) => (confirmation::label(all, &row.name), ""),
        _ => ("Reason".to_owned(), "Shown beside the status"),
    };
    let is_typed = Memo::new(move |_| change == Change::Disable || is_asked.get());
    view! {
        <ConfirmDialog confirm is_loading error on_submit on_close field>
            <p id=CONSEQUENCE_ID class="consequence" inner_html=whole(consequence)></p>
            {added.map(|keys| view! { <ul class="added" translate="no" hidden=move || !has_added()>{keys}</ul> }.into_any())}
            {(all > 1).then(|| view! {
                <ul class="bulk-names" tabindex="0" aria-label="Tokens" translate="no">{move || lines()}</ul>
                <ProgressBar progress all />
            }.into_any())}
            <p inner_html=whole(after)></p>
            {move || is_typed.get().then(|| view! {
                {(change == Change::Delete).then(|| view! { <DisableFirst work /> }.into_any())}
                <TypedField name=field_name label=label.clone() placeholder value=typed.clone() field error />
            }.into_any())}
        </ConfirmDialog>
    }
}

/// Offers *Disable* for the same tokens instead of *Delete*, if the user may disable tokens and one of them is enabled.
#[component]
fn DisableFirst(work: Work) -> impl IntoView {
    let Work { tokens, dialog, scope, .. } = work;
    let rows = work.latest.get_untracked();
    let is_offered =
        tokens.project.with_untracked(|project| project.is_admin()) && rows.iter().any(|row| !row.is_disabled_by_admin);
    let them = if rows.len() == 1 { "it" } else { "them" };
    let value = rows.first().map(|row| format!("disable-{}", row.id)).unwrap_or_default();
    let disable = move |event: ev::MouseEvent| {
        event.prevent_default();
        let rows = work.rows.get_value();
        dialog.close();
        // Wait until this dialog is removed. Otherwise the next one would be rendered into the same elements, and the focus would
        // stay where it is.
        scope.spawn(async move {
            tick().await;
            tokens.open(dialog, Dialog::Change(Change::Disable, rows));
        });
    };
    // Without JavaScript it requests the page with that dialog open.
    is_offered.then(|| {
        view! {
            <button class="button" type="submit" form="open-dialog" name="dialog" value=value on:click=disable>
                {format!("Disable {them} first: can be undone")}
            </button>
        }
        .into_any()
    })
}

/// The progress of a long change, with a *Stop* button.
#[component]
fn ProgressBar(progress: Progress, all: usize) -> impl IntoView {
    let Progress { done, is_stopped } = progress;
    let is_under_way = move || (1..all).contains(&done.get());
    let so_far = move || if is_under_way() { format!("{} of {all}", done.get()) } else { String::new() };
    view! {
        <div class="progress" hidden=move || !is_under_way()>
            <progress max=all prop:value=move || done.get().to_string() aria-label="Tokens done"></progress>
            <span role="status" inner_html=whole(so_far)></span>
            <button class="button" type="button" disabled=move || is_stopped.get() on:click=move |_| is_stopped.set(true)>"Stop"</button>
        </div>
    }
}
