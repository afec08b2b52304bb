//! *Re-sync Products*, *Disable*, *Enable* and *Delete*, for one or many tokens: shows the consequence, then makes the change.

use leptos::{ev, html, prelude::*, task::tick};

use crate::{
    components::{
        common::{
            date_time::local_text,
            hydrated::use_hydrated,
            modal::CONSEQUENCE_ID,
            notifications::{Notification, NotificationAction, Notifications},
            scope::PageScope,
            text::whole,
        },
        open_dialog::{Dialog, OpenDialog},
        tokens::{
            chunks::{Progress, run_in_chunks},
            focus::{Focus, FocusTarget, RowControl},
            selection::{Selection, SelectionState},
            token_list::ProjectTokens,
            view::TokenView,
        },
    },
    error::AppError,
    models::{
        bulk::BulkAction,
        change::Change,
        change_words, confirmation,
        text::isolated,
        token::TokenRow,
        words::{MAX_NAMES, in_words, some_of},
    },
};

use super::{
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
    let confirm = Confirm {
        title: change_words::title(change, &rows),
        slug: change.token_action().slug(),
        button: change_words::button(change, &rows),
        is_destructive: matches!(change, Change::Disable | Change::Delete),
        is_possible: change != Change::Resync || rows.iter().any(|row| !row.products_to_add.is_empty()),
        question: None,
        token: if let [row] = &rows[..] { Some(row.clone()) } else { None },
        field_name: if change == Change::Delete { "confirm" } else { "reason" },
    };
    let line = |line: String| view! { <li>{line}</li> }.into_any();
    let lines =
        (all > 1).then(|| change_words::lines(change, &rows, tokens.now.get_untracked()).into_iter().map(line).collect_view());
    let is_local = use_hydrated();
    let latest = work.latest;
    let added = confirm.token.as_ref().filter(|_| change == Change::Resync).map(|row| row.products_to_add.clone());
    let added = added.map(|keys| keys.into_iter().map(line).collect_view());
    // Somebody else may re-sync the token meanwhile.
    let has_added = move || latest.with(|rows| rows.iter().any(|row| !row.products_to_add.is_empty()));
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
            {lines.map(|lines| view! {
                <ul class="bulk-names" tabindex="0" aria-label="Tokens" translate="no">{lines}</ul>
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

/// The state of the dialog's change. Contains only handles, so it is cheap to copy.
#[derive(Clone, Copy)]
struct Work {
    change: Change,
    rows: StoredValue<Vec<TokenRow>>,
    /// The tokens as the list has them, or had them when the change began: what it does itself must not change its own words.
    latest: Memo<Vec<TokenRow>>,
    /// Whether the user has to confirm the change by typing into `field`.
    is_asked: Memo<bool>,
    field: NodeRef<html::Input>,
    is_loading: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    progress: Progress,
    on_close: Callback<()>,
    tokens: ProjectTokens,
    selection: SelectionState,
    notifications: Notifications,
    dialog: OpenDialog,
    scope: PageScope,
}

impl Work {
    fn new(change: Change, rows: Vec<TokenRow>, refusal: Option<AppError>) -> Self {
        let (tokens, selection): (ProjectTokens, SelectionState) = (expect_context(), expect_context());
        let (dialog, focus): (OpenDialog, Focus) = (expect_context(), expect_context());
        let target = focus_target(expect_context(), selection, change, &rows);
        let error = RwSignal::new(refusal);
        let stored = StoredValue::new(rows.clone());
        let is_loading = RwSignal::new(false);
        let latest = Memo::new(move |before: Option<&Vec<TokenRow>>| match before {
            Some(before) if is_loading.get() => before.clone(),
            _ => rows.iter().map(|row| tokens.latest(row)).collect(),
        });
        Self {
            change,
            rows: stored,
            latest,
            is_asked: Memo::new(move |_| {
                // The server may know of pulls that this list does not contain yet.
                let is_refused = error.with(|error| error.as_ref().is_some_and(|error| error.at("confirm").is_some()));
                change == Change::Delete && (is_refused || latest.with(|rows| confirmation::is_asked(rows)))
            }),
            field: NodeRef::new(),
            is_loading,
            error,
            progress: Progress::default(),
            on_close: Callback::new(move |()| {
                dialog.close();
                focus.request(target.clone());
            }),
            tokens,
            selection,
            notifications: expect_context(),
            dialog,
            scope: expect_context(),
        }
    }

    fn submit(self) {
        let field = self.field.get_untracked();
        let typed = field.as_ref().map(|field| field.value()).unwrap_or_default();
        let rows = self.rows.get_value();
        let name = rows.first().map(|row| row.name.as_str()).unwrap_or_default();
        let refusal = confirmation::refusal(&typed, rows.len(), name).filter(|_| self.is_asked.get_untracked());
        if let Some(refusal) = refusal {
            self.is_loading.set(false);
            self.error.set(Some(AppError::invalid("confirm", refusal)));
            field.inspect(|field| drop(field.focus()));
            return;
        }
        let action = self.change.action(typed, rows.len());
        self.scope.spawn(self.perform(rows, action));
    }

    async fn perform(self, rows: Vec<TokenRow>, action: BulkAction) {
        let Self { change, tokens, selection, .. } = self;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let outcome = match run_in_chunks(tokens.key(), &ids, &action, self.progress).await {
            Err(AppError::NotFound) if rows.len() > 1 => Err(find_those_gone(tokens, &rows).await),
            outcome => outcome,
        };
        match outcome {
            Ok(outcome) => {
                // The failed tokens stay selected, so that the user can try again.
                selection.chosen.set(Selection::of(outcome.failed.iter().map(|(id, _)| id.clone())));
                let text = change_words::result(change, &rows, &outcome);
                let can_undo = change == Change::Disable && !outcome.done.is_empty();
                let action = can_undo.then_some(NotificationAction::Undo(BulkAction::Enable, outcome.done));
                self.notifications.show(Notification { text, is_error: !outcome.failed.is_empty(), action });
                self.on_close.try_run(());
            }
            // Another user may have changed the tokens: the refreshed list shows it.
            Err(refusal) => {
                self.is_loading.try_set(false);
                self.error.try_set(Some(refusal));
            }
        }
        tokens.refresh();
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

/// What receives the focus afterwards: the button that opened the dialog, or its replacement if the token is gone.
fn focus_target(shown: TokenView, selection: SelectionState, change: Change, rows: &[TokenRow]) -> FocusTarget {
    let mut ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let last = selection.last.get_value();
    let neighbour = shown.neighbour(&ids, &last);
    if rows.len() == 1 {
        ids.extend(neighbour);
        return FocusTarget::Row { ids, control: RowControl::Action(change.token_action().slug()) };
    }
    let chosen = if change == Change::Delete { neighbour } else { Some(last).filter(|last| ids.contains(last)) };
    chosen.map_or(FocusTarget::Heading, |id| FocusTarget::Row { ids: vec![id], control: RowControl::Select })
}

/// Finds which of the tokens no longer exist or are not visible to this user, which is why nothing was changed. It also refreshes
/// the page's list.
async fn find_those_gone(tokens: ProjectTokens, rows: &[TokenRow]) -> AppError {
    tokens.reload().await;
    let gone = rows.iter().filter(|row| tokens.row(&row.id).is_none());
    let gone: Vec<String> = gone.map(|row| isolated(&row.name)).collect();
    if gone.is_empty() {
        return AppError::NotFound;
    }
    let names = if gone.len() > MAX_NAMES { some_of(&gone) } else { in_words(&gone) };
    AppError::Conflict(format!("Nothing was changed. Gone, or not yours to see: {names}. Close this, and go on with the others."))
}
