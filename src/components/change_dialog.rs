//! *Re-sync Products*, *Disable*, *Enable* and *Delete*, of one token or of many: the consequence first, then the change.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    api::tokens::{change_tokens, check_tokens, list_tokens},
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        token::TokenRow,
        words::in_words,
    },
};

use super::{
    confirm_dialog::{Confirm, ConfirmDialog, Outcome, perform},
    dialog::Change,
    modal::CONSEQUENCE_ID,
    selection::Selection,
    shared::shared,
    token_row::action_id,
    tokens::{NoticeText, Offer, Tokens},
    usage,
};

/// So many tokens go in one request: the bar moves, and a lost connection loses little.
const CHUNK: usize = 100;
/// So many are named of those that failed.
const NAMED: usize = 10;

/// How far the work is.
#[derive(Clone, Copy, Default)]
pub struct Progress {
    /// So many tokens were asked for.
    asked: RwSignal<usize>,
    /// Whether the rest is to be left as it is.
    is_stopped: RwSignal<bool>,
}

/// What it changes, says and asks.
#[component]
pub fn ChangeDialog(change: Change, rows: Vec<TokenRow>) -> impl IntoView {
    let tokens: Tokens = expect_context();
    let refused = tokens.refused.with_value(|refused| refused.as_ref().map(|refused| refused.reason.clone()));
    let reason = RwSignal::new(refused.unwrap_or_default());
    let progress = Progress::default();
    let added = if let [row] = &rows[..] { row.to_add.clone() } else { Vec::new() };
    let names: Vec<(String, String)> = rows.iter().map(|row| (row.id.clone(), row.name.clone())).collect();
    let all = names.len();
    let work = names.clone();
    let change_them = perform(move || {
        let (work, added, action) = (work.clone(), added.clone(), change.action(reason.get_untracked()));
        async move {
            let ids: Vec<String> = work.iter().map(|(id, _)| id.clone()).collect();
            let outcome = match run(tokens.project_key(), &ids, &action, progress).await {
                Err(AppError::NotFound) if work.len() > 1 => return Err(tell_those_gone(tokens, &work).await),
                outcome => outcome?,
            };
            // What failed can be tried again.
            tokens.selection.set(Selection::of(outcome.failed.iter().map(|(id, _)| id.clone())));
            said(change, &work, &added, outcome)
        }
    });
    let one = if let [row] = &rows[..] { Some(row.clone()) } else { None };
    let possible = match change {
        Change::Resync => rows.iter().filter(|row| !row.to_add.is_empty()).count(),
        _ => all,
    };
    let (object, verb) = (one.as_ref().map_or_else(|| count(all), |row| row.name.clone()), verb(change));
    let confirm = Confirm {
        title: match change {
            Change::Resync => format!("Re-sync products of {object}"),
            _ => format!("{verb} {object}"),
        },
        slug: change.slug(),
        button: match (change, &one) {
            (Change::Resync, _) => "Re-sync Products".to_owned(),
            (_, Some(_)) => format!("{verb} Token"),
            (_, None) => format!("{verb} {object}"),
        },
        is_destructive: matches!(change, Change::Disable | Change::Delete),
        is_possible: possible > 0,
        focus: focus(tokens, change, &names),
        token: one.clone(),
    };
    let to_add = |row: &TokenRow| match &row.to_add[..] {
        _ if change != Change::Resync => String::new(),
        [] => ": nothing to add".to_owned(),
        keys => format!(": {}", keys.join(", ")),
    };
    let lines: Vec<String> = rows.iter().map(|row| row.name.clone() + &to_add(row)).collect();
    let happened = move || consequence(change, &tokens.latest(&rows), possible, tokens.now.get());
    view! {
        <ConfirmDialog confirm perform=change_them>
            <p id=CONSEQUENCE_ID class="consequence">{shared(happened)}</p>
            {match (&one, change) {
                (Some(row), Change::Resync) => EitherOf3::A(view! {
                    <ul class="added">{row.to_add.iter().map(|key| view! { <li><code>{key.clone()}</code></li> }).collect_view()}</ul>
                }),
                (Some(_), _) => EitherOf3::B(()),
                (None, _) => EitherOf3::C(view! {
                    <ul class="bulk-names" tabindex="0" aria-label="Tokens">
                        {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                    <ProgressBar progress all />
                }),
            }}
            <p>{after(change, all)}</p>
            {(change == Change::Disable).then(|| view! {
                <div class="field">
                    <label for="reason">"Reason"</label>
                    <input id="reason" name="reason" maxlength="200" autocomplete="off" placeholder="Shown beside the status"
                        value=reason.get_untracked() on:input=move |event| reason.set(event_target_value(&event)) />
                </div>
            })}
        </ConfirmDialog>
    }
}

/// How far long work is, and the end of it.
#[component]
fn ProgressBar(progress: Progress, all: usize) -> impl IntoView {
    let Progress { asked, is_stopped } = progress;
    let is_under_way = move || (1..all).contains(&asked.get());
    view! {
        <div class="progress" hidden=shared(move || !is_under_way())>
            <progress max=all prop:value=shared(move || asked.get().to_string()) aria-label="Tokens done"></progress>
            <span role="status">{shared(move || if is_under_way() { format!("{} of {all}", asked.get()) } else { String::new() })}</span>
            <button class="button" type="button" disabled=shared(move || is_stopped.get()) on:click=move |_| is_stopped.set(true)>"Stop"</button>
        </div>
    }
}

/// What has the focus afterwards: the button that asked, or what stands in its place once its token is gone.
fn focus(tokens: Tokens, change: Change, work: &[(String, String)]) -> Vec<String> {
    let ids: Vec<String> = work.iter().map(|(id, _)| id.clone()).collect();
    let neighbour = tokens.neighbour(&ids);
    match &ids[..] {
        [id] => [Some(id), neighbour.as_ref()].into_iter().flatten().map(|id| action_id(change.slug(), id)).collect(),
        _ if change == Change::Delete => neighbour.map(|id| format!("select-{id}")).into_iter().collect(),
        _ => vec![format!("select-{}", tokens.last_selected.get_value())],
    }
}

/// Changes them in chunks, after one check of the rights to all.
pub(super) async fn run(
    project_key: String,
    ids: &[String],
    action: &BulkAction,
    progress: Progress,
) -> Result<BulkOutcome, AppError> {
    if ids.len() > CHUNK {
        check_tokens(project_key.clone(), ids.to_vec()).await?;
    }
    let mut outcome = BulkOutcome::default();
    for chunk in ids.chunks(CHUNK) {
        if progress.is_stopped.get_untracked() {
            break;
        }
        match change_tokens(project_key.clone(), chunk.to_vec(), action.clone()).await {
            Ok(next) => outcome.append(next),
            // What was done stays done, and is said.
            Err(error) if !outcome.done.is_empty() => {
                outcome.failed.extend(chunk.iter().map(|id| (id.clone(), error.clone())));
                break;
            }
            Err(error) => return Err(error),
        }
        progress.asked.update(|asked| *asked += chunk.len());
    }
    Ok(outcome)
}

/// Which of the tokens are not there any more, or not for this person: that is why nothing was changed. The list without
/// them, and the choice, are the page's from now on.
async fn tell_those_gone(tokens: Tokens, work: &[(String, String)]) -> AppError {
    let listing = match list_tokens(tokens.project_key()).await {
        Ok(listing) => listing,
        Err(error) => return error,
    };
    let gone = work.iter().filter(|(id, _)| listing.list.position(id).is_none());
    let gone: Vec<&str> = gone.map(|(_, name)| name.as_str()).take(NAMED).collect();
    tokens.take(listing);
    match &gone[..] {
        [] => AppError::NotFound,
        gone => AppError::Conflict(format!(
            "Nothing was changed. Gone, or not yours to see: {}. Close this, and go on with the others.",
            in_words(gone)
        )),
    }
}

/// What happened, in one line; what failed and why.
fn said(change: Change, work: &[(String, String)], added: &[String], outcome: BulkOutcome) -> Result<Outcome, AppError> {
    let BulkOutcome { done, unchanged, mut failed } = outcome;
    let what = if let [(_, name)] = work { name.clone() } else { count(done.len()) };
    let is_one = done.len() == 1;
    let (is, opens) = if is_one { ("is", "opens") } else { ("are", "open") };
    let (it, secrets) = if is_one { ("it", "its secret") } else { ("them", "their secrets") };
    let nothing = || if unchanged.len() == 1 { "holds" } else { "hold" };
    let mut text = match (change, done.is_empty()) {
        (Change::Resync, false) if !added.is_empty() => {
            format!("{what} opens the images of {} from now on. Its secret is the same.", in_words(added))
        }
        (Change::Resync, false) => format!("{what} {opens} the images of the added products from now on. Secrets stay the same."),
        (Change::Resync, true) if work.len() == 1 => format!("{what} {} every product already.", nothing()),
        (Change::Delete, false) => format!("{what} {is} deleted. Logins and pulls fail from now on."),
        (Change::Disable, false) => format!("{what} {is} disabled. Enable {it} to let {secrets} work again."),
        (Change::Enable, false) if done.len() == 1 => format!("{what} is enabled. Its secret works again."),
        (Change::Enable, false) => format!("{what} are enabled. Their secrets work again."),
        (_, true) => "Nothing was changed.".to_owned(),
    };
    if work.len() > 1 && !unchanged.is_empty() {
        text = format!("{text} {} had nothing to change.", count(unchanged.len()));
    }
    let left = work.len() - done.len() - unchanged.len() - failed.len();
    if left > 0 {
        text = format!("{text} Stopped: {} {} as before.", count(left), if left == 1 { "is" } else { "are" });
    }
    let is_error = !failed.is_empty();
    let name = |id: &str| work.iter().find(|(of, _)| of == id).map(|(_, name)| name.as_str());
    // By why, each with its names.
    while let Some((_, error)) = failed.first().cloned() {
        let names: Vec<&str> = failed.iter().filter(|(_, why)| *why == error).filter_map(|(id, _)| name(id)).collect();
        failed.retain(|(_, why)| *why != error);
        let more = names.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        text = format!("{text} {} failed ({}{more}): {error}", count(names.len()), names[..names.len().min(NAMED)].join(", "));
    }
    let offer = (change == Change::Disable && !done.is_empty()).then_some(Offer::Undo(BulkAction::Enable, done));
    Ok(Outcome::Said(NoticeText { text, is_error, offer }))
}

fn verb(change: Change) -> &'static str {
    match change {
        Change::Resync => "Re-sync",
        Change::Disable => "Disable",
        Change::Enable => "Enable",
        Change::Delete => "Delete",
    }
}

fn count(tokens: usize) -> String {
    if tokens == 1 { "1 token".to_owned() } else { format!("{tokens} tokens") }
}

/// What was going on with them until now.
fn consequence(change: Change, rows: &[TokenRow], possible: usize, now: i64) -> String {
    match (change, rows) {
        (Change::Resync, [_]) if possible == 0 => {
            "There is nothing to add: it holds every product that the project is subscribed to.".to_owned()
        }
        (Change::Resync, [_]) => "Adds the products subscribed to since, with the same secret:".to_owned(),
        (Change::Resync, _) => format!("{} of {} have products to add.", possible, rows.len()),
        (Change::Enable, [row]) => row.status_reason.clone().map(|reason| format!("{reason}.")).unwrap_or_default(),
        (Change::Enable, _) => format!("{} of them are paused.", rows.iter().filter(|row| row.is_paused).count()),
        (_, [row]) => usage::sentence(row, now),
        (_, rows) => usage::sentence_of_many(rows),
    }
}

/// What is so from then on.
fn after(change: Change, all: usize) -> &'static str {
    match (change, all) {
        (Change::Resync, 1) => "",
        (Change::Resync, _) => "Each gains the products subscribed to since. No secret changes.",
        (Change::Disable, 1) => "Logins and pulls with it fail until somebody enables it. Its secret stays the same.",
        (Change::Disable, _) => "Logins and pulls with them fail until somebody enables them. Their secrets stay the same.",
        (Change::Enable, 1) => "The same secret works again from the moment you enable it.",
        (Change::Enable, _) => "Their secrets work again from the moment you enable them.",
        (Change::Delete, 1) => "Logins and pulls with it fail from the moment you delete it. This cannot be undone.",
        (Change::Delete, _) => "Logins and pulls with them fail from the moment you delete them. This cannot be undone.",
    }
}
