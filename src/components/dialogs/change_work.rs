//! The state of the dialog of a change, and the change itself.

use leptos::{html, prelude::*};

use crate::{
    components::{
        common::{
            notifications::{Notification, NotificationAction, Notifications},
            scope::PageScope,
        },
        open_dialog::OpenDialog,
        tokens::{
            chunks::{Gone, Progress, run_in_chunks},
            focus::{Focus, FocusTarget, RowControl},
            selection::SelectionState,
            token_list::ProjectTokens,
            view::TokenView,
        },
    },
    error::AppError,
    models::{
        bulk::{BulkAction, BulkOutcome},
        change::Change,
        change_words, confirmation,
        text::isolated,
        token::{TokenRow, TokenStatus},
        words::{MAX_NAMES, in_words, some_of},
    },
};

/// The state of the dialog's change. Contains only handles, so it is cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub change: Change,
    pub rows: StoredValue<Vec<TokenRow>>,
    /// The tokens as the list has them, or had them when the change began: what it does itself must not change its own words.
    pub latest: Memo<Vec<TokenRow>>,
    /// Whether the user has to confirm the change by typing into `field`.
    pub is_asked: Memo<bool>,
    pub field: NodeRef<html::Input>,
    pub is_loading: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    pub progress: Progress,
    pub on_close: Callback<()>,
    pub tokens: ProjectTokens,
    pub selection: SelectionState,
    pub notifications: Notifications,
    pub dialog: OpenDialog,
    pub scope: PageScope,
}

impl Work {
    pub fn new(change: Change, rows: Vec<TokenRow>, refusal: Option<AppError>) -> Self {
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

    pub fn submit(self) {
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
        let outcome = match run_in_chunks(tokens, &ids, &action, Gone::Refuses, self.progress).await {
            Err(AppError::NotFound) if rows.len() > 1 => Err(find_those_gone(tokens, &rows).await),
            outcome => outcome,
        };
        match outcome {
            Ok(mut outcome) => {
                // Only some of the tokens need it, and the dialog with the field closes.
                for (_, error) in outcome.failed.iter_mut().filter(|(_, error)| error.at("confirm").is_some()) {
                    *error = AppError::Conflict("One of them was used meanwhile. Delete them again to confirm.".to_owned());
                }
                // What is left stays selected, so that the user can go on.
                selection.chosen.update(|chosen| chosen.leave(&ids, outcome.left(&ids)));
                let text = change_words::result(change, &rows, &outcome);
                let is_error = !outcome.failed.is_empty();
                let undo = (change == Change::Disable && !outcome.done.is_empty()).then(|| to_enable(&rows, outcome));
                let action = undo.map(|ids| NotificationAction::Undo(BulkAction::Enable, ids));
                self.notifications.show(Notification { text, is_error, action });
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

/// The tokens that *Undo* enables after *Disable*: those that it disabled, and those that it may have disabled.
fn to_enable(rows: &[TokenRow], outcome: BulkOutcome) -> Vec<String> {
    let was_disabled = |id: &String| rows.iter().any(|row| row.id == *id && row.status == TokenStatus::Disabled);
    let mut ids = outcome.done;
    for (id, error) in outcome.failed {
        if error.may_be_done() && !was_disabled(&id) {
            ids.push(id);
        }
    }
    ids
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
    let names = match gone.len() {
        0 if tokens.is_lost() => return AppError::NotFound,
        // The list could not be refreshed, or has all of them again.
        0 => "some of these tokens".to_owned(),
        1..=MAX_NAMES => in_words(&gone),
        _ => some_of(&gone),
    };
    AppError::Conflict(format!("Nothing was changed. Gone, or not yours to see: {names}. Close this, and go on with the others."))
}
