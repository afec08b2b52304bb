//! *Re-sync Products*, *Disable*, *Enable* and *Delete*, of one token or of many: the consequence first, then the change.

use leptos::{html, prelude::*};

use crate::{
    api::tokens::{change_tokens, check_tokens, list_tokens},
    components::{
        common::{
            date_time::local_text,
            hydrated::use_hydrated,
            modal::CONSEQUENCE_ID,
            notifications::{Notification, NotificationAction, Notifications},
            scope::PageScope,
        },
        tokens::{
            focus::{Focus, FocusTarget, RowControl},
            selection::{Selection, SelectionState},
            token_list::ProjectTokens,
            view::TokenView,
        },
    },
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        change::Change,
        change_words,
        token::TokenRow,
        words::{MAX_NAMES, in_words},
    },
};

use super::{
    confirm::{Confirm, ConfirmDialog},
    open_dialog::OpenDialog,
};

/// The most tokens of one request: the bar moves, and a lost connection loses little.
const CHUNK: usize = 100;

/// How far a change to many tokens is.
#[derive(Clone, Copy, Default)]
pub struct Progress {
    /// How many tokens the server has answered for.
    done: RwSignal<usize>,
    /// Whether the rest is to be left as it is.
    is_stopped: RwSignal<bool>,
}

/// What it changes, says and asks.
#[component]
pub fn ChangeDialog(change: Change, rows: Vec<TokenRow>) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let selection: SelectionState = expect_context();
    let notifications: Notifications = expect_context();
    let dialog: OpenDialog = expect_context();
    let focus: Focus = expect_context();
    let scope: PageScope = expect_context();

    let refused = dialog.take_refused();
    let (typed, refusal) = refused.map(|refused| (refused.reason, Some(refused.error))).unwrap_or_default();
    let (is_loading, error) = (RwSignal::new(false), RwSignal::new(refusal));
    let reason = NodeRef::<html::Input>::new();
    let progress = Progress::default();
    let target = focus_target(expect_context(), selection, change, &rows);
    let on_close = Callback::new(move |()| {
        dialog.close();
        focus.request(target.clone());
    });
    let work = rows.clone();
    let on_submit = Callback::new(move |()| {
        let action = change.action(reason.get_untracked().map(|reason| reason.value()).unwrap_or_default());
        let rows = work.clone();
        scope.spawn(async move {
            let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
            let outcome = match run_in_chunks(tokens.key(), &ids, &action, progress).await {
                Err(AppError::NotFound) if rows.len() > 1 => Err(find_those_gone(tokens, &rows).await),
                outcome => outcome,
            };
            match outcome {
                Ok(outcome) => {
                    // What failed can be tried again.
                    selection.chosen.set(Selection::of(outcome.failed.iter().map(|(id, _)| id.clone())));
                    let text = change_words::result(change, &rows, &outcome);
                    let can_undo = change == Change::Disable && !outcome.done.is_empty();
                    let action = can_undo.then_some(NotificationAction::Undo(BulkAction::Enable, outcome.done));
                    notifications.show(Notification { text, is_error: !outcome.failed.is_empty(), action });
                    on_close.try_run(());
                }
                // Somebody else may have changed the tokens: the list shows how.
                Err(refusal) => {
                    is_loading.try_set(false);
                    error.try_set(Some(refusal));
                }
            }
            tokens.refresh();
        });
    });

    let all = rows.len();
    let possible = match change {
        Change::Resync => rows.iter().filter(|row| !row.to_add.is_empty()).count(),
        _ => all,
    };
    let confirm = Confirm {
        title: change_words::title(change, &rows),
        slug: change.slug(),
        button: change_words::button(change, &rows),
        is_destructive: matches!(change, Change::Disable | Change::Delete),
        is_possible: possible > 0,
        question: None,
        token: if let [row] = &rows[..] { Some(row.clone()) } else { None },
    };
    let line = |line: String| view! { <li>{line}</li> };
    let added = confirm.token.clone().filter(|_| change == Change::Resync).map(|row| row.to_add);
    let added = added.map(|keys| keys.into_iter().map(line).collect_view());
    let lines = (all > 1)
        .then(|| rows.iter().map(|row| line(change_words::line(change, row, tokens.now.get_untracked()))).collect_view());
    let is_local = use_hydrated();
    let latest = Memo::new(move |_| rows.iter().map(|row| tokens.latest(row)).collect::<Vec<_>>());
    let consequence = move || {
        latest
            .with(|rows| change_words::consequence(change, rows, possible, tokens.now.get(), |at| local_text(at, is_local.get())))
    };
    view! {
        <ConfirmDialog confirm is_loading error on_submit on_close>
            <p id=CONSEQUENCE_ID class="consequence">{consequence}</p>
            {added.map(|keys| view! { <ul class="added">{keys}</ul> })}
            {lines.map(|lines| view! {
                <ul class="bulk-names" tabindex="0" aria-label="Tokens">{lines}</ul>
                <ProgressBar progress all />
            })}
            <p>{move || latest.with(|rows| change_words::after(change, rows, tokens.now.get()))}</p>
            {(change == Change::Disable).then(|| view! {
                <div class="field">
                    <label for="reason">"Reason"</label>
                    <input
                        id="reason"
                        name="reason"
                        node_ref=reason
                        maxlength="200"
                        autocomplete="off"
                        placeholder="Shown beside the status"
                        value=typed
                    />
                </div>
            })}
        </ConfirmDialog>
    }
}

/// How far long work is, and the end of it.
#[component]
fn ProgressBar(progress: Progress, all: usize) -> impl IntoView {
    let Progress { done, is_stopped } = progress;
    let is_under_way = move || (1..all).contains(&done.get());
    view! {
        <div class="progress" hidden=move || !is_under_way()>
            <progress max=all prop:value=move || done.get().to_string() aria-label="Tokens done"></progress>
            <span role="status">{move || if is_under_way() { format!("{} of {all}", done.get()) } else { String::new() }}</span>
            <button class="button" type="button" disabled=move || is_stopped.get() on:click=move |_| is_stopped.set(true)>"Stop"</button>
        </div>
    }
}

/// What has the focus afterwards: the button that asked, or what stands in its place once its token is gone.
fn focus_target(shown: TokenView, selection: SelectionState, change: Change, rows: &[TokenRow]) -> FocusTarget {
    let mut ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let last = selection.last.get_value();
    let neighbour = shown.neighbour(&ids, &last);
    if rows.len() == 1 {
        ids.extend(neighbour);
        return FocusTarget::Row { ids, control: RowControl::Action(change.slug()) };
    }
    let chosen = if change == Change::Delete { neighbour } else { Some(last).filter(|last| ids.contains(last)) };
    chosen.map_or(FocusTarget::Heading, |id| FocusTarget::Row { ids: vec![id], control: RowControl::Select })
}

/// Changes tokens in chunks, after one check of the rights to all. What was done before a failure stays done.
///
/// # Errors
/// Where nothing was changed: why.
pub async fn run_in_chunks(
    project_key: String,
    ids: &[String],
    action: &BulkAction,
    progress: Progress,
) -> Result<BulkOutcome, AppError> {
    if ids.len() > CHUNK {
        check_tokens(project_key.clone(), ids.to_vec()).await.map_err(AppError::of_read)?;
    }
    let mut outcome = BulkOutcome::default();
    for chunk in ids.chunks(CHUNK) {
        if progress.is_stopped.try_get_untracked() == Some(true) {
            break;
        }
        match change_tokens(project_key.clone(), chunk.to_vec(), action.clone()).await {
            Ok(next) => outcome.append(next),
            Err(error) if !outcome.done.is_empty() => {
                outcome.failed.extend(chunk.iter().map(|id| (id.clone(), error.clone())));
                break;
            }
            Err(error) => return Err(error),
        }
        progress.done.try_update(|done| *done += chunk.len());
    }
    Ok(outcome)
}

/// Which of the tokens are not there any more, or not for this person: that is why nothing was changed. The page has the
/// list without them from now on.
async fn find_those_gone(tokens: ProjectTokens, rows: &[TokenRow]) -> AppError {
    let listing = match list_tokens(tokens.key()).await {
        Ok(listing) => listing,
        Err(error) => return error.of_read(),
    };
    let gone = rows.iter().filter(|row| listing.list.position(&row.id).is_none());
    let gone: Vec<&str> = gone.map(|row| row.name.as_str()).take(MAX_NAMES).collect();
    tokens.take(listing);
    if gone.is_empty() {
        return AppError::NotFound;
    }
    AppError::Conflict(format!(
        "Nothing was changed. Gone, or not yours to see: {}. Close this, and go on with the others.",
        in_words(&gone)
    ))
}
