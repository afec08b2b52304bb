//! The tokens of the project, from the last response of the server.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    api::tokens::{end_overlap, list_tokens},
    components::{
        common::{effect::effect, notifications::Notifications, scope::PageScope},
        layout::seen_pages::{SeenListing, SeenPages},
        open_dialog::{Dialog, OpenDialog},
    },
    error::AppError,
    models::{
        change_words::OVERLAP_ENDED,
        filter::Filter,
        found::Found,
        listing::{FirstRows, Listing},
        project::ProjectView,
        token::TokenRow,
        token_list::TokenList,
    },
};

use super::focus::Focus;

/// The project and its tokens. Contains only handles, so it is cheap to copy.
#[derive(Clone, Copy)]
pub struct ProjectTokens {
    pub project: RwSignal<ProjectView>,
    /// Every token, newest first. Until the whole list has loaded: the rows that the server rendered.
    pub list: RwSignal<Arc<TokenList>>,
    /// When the list was read (Unix seconds).
    pub now: RwSignal<i64>,
    /// Whether every token is in the list.
    pub is_complete: RwSignal<bool>,
    /// The revision of the list; the event stream reports later ones. Empty once the list may not be read any more.
    pub revision: RwSignal<String>,
    /// The counts over all tokens, whatever the view shows: the total, and those that need attention.
    pub totals: Memo<Found>,
    /// Overlaps that this page has ended or is ending: token id and end of the overlap (Unix seconds). The list may still show
    /// them for a moment.
    ended_overlaps: StoredValue<Vec<(String, i64)>>,
    requests: StoredValue<Requests>,
    scope: PageScope,
    notifications: Notifications,
    focus: Focus,
}

/// The requests for the list. Several may be under way, and their responses may arrive in another order.
#[derive(Clone, Copy, Default)]
struct Requests {
    sent: u32,
    /// The latest one that was answered with a list.
    answered: u32,
}

impl Requests {
    /// Returns the number of a new request.
    fn send(&mut self) -> u32 {
        self.sent += 1;
        self.sent
    }

    /// Records a response; false if it is older than the page, because a later request was answered with a list.
    fn receive(&mut self, request: u32, is_list: bool) -> bool {
        let is_newest = request > self.answered;
        if is_newest && is_list {
            self.answered = request;
        }
        is_newest
    }
}

impl ProjectTokens {
    pub fn new(rows: FirstRows, scope: PageScope, notifications: Notifications, focus: Focus) -> Self {
        let is_complete = RwSignal::new(rows.is_complete());
        let FirstRows { listing: Listing { project, list, now, revision }, totals: first_totals, .. } = rows;
        let list = RwSignal::new(Arc::new(list));
        let totals = Memo::new(move |_| match is_complete.get() {
            true => list.with(|list| Filter::default().find(list)),
            false => Found { facets: first_totals.clone(), ..Found::default() },
        });
        let (project, now, revision) = (RwSignal::new(project), RwSignal::new(now), RwSignal::new(revision));
        let ended_overlaps = StoredValue::new(Vec::new());
        let requests = StoredValue::new(Requests::default());
        Self { project, list, now, is_complete, revision, totals, ended_overlaps, requests, scope, notifications, focus }
    }

    /// The number of tokens; tracked.
    pub fn all(self) -> usize {
        self.totals.with(|totals| totals.facets.found() as usize)
    }

    pub fn key(self) -> String {
        self.project.with_untracked(|project| project.key.clone())
    }

    /// The token with this id as a row.
    pub fn row(self, id: &str) -> Option<TokenRow> {
        let key = self.key();
        self.list.with_untracked(|list| list.row(list.position(id)?, &key))
    }

    /// The current state of a token, or `row` if the list does not contain it; tracked.
    pub fn latest(self, row: &TokenRow) -> TokenRow {
        self.list.track();
        self.row(&row.id).unwrap_or_else(|| row.clone())
    }

    /// Opens a dialog. A dialog that stops a secret from working shows its recent usage, so the list is refreshed for it.
    pub fn open(self, dialogs: OpenDialog, dialog: Dialog) {
        if dialog.ends_something() && self.is_complete.get_untracked() {
            self.refresh();
        }
        dialogs.show(dialog);
    }

    /// Ends the overlap of a token now, instead of at `until`, and shows the result. It sends one request per overlap, even after
    /// several clicks or a new render of the row: the server would refuse the second request, and the error would replace the
    /// first result.
    pub fn end_overlap(self, id: String, until: i64) {
        let overlap = (id, until);
        if self.ended_overlaps.with_value(|ended| ended.contains(&overlap)) {
            return;
        }
        self.ended_overlaps.update_value(|ended| ended.push(overlap.clone()));
        self.scope.spawn(async move {
            match end_overlap(self.key(), overlap.0.clone()).await {
                Ok(()) => self.notifications.notify(OVERLAP_ENDED),
                Err(error) => {
                    self.notifications.notify_error(&error, None);
                    self.ended_overlaps.update_value(|ended| ended.retain(|ended| *ended != overlap));
                }
            }
            self.refresh();
        });
    }

    /// Stores a new listing. The focus stays in its row even if the row is rendered again.
    fn take(self, Listing { project, list, now, revision }: Listing) {
        self.focus.hold_for_refresh();
        if self.project.with_untracked(|known| *known != project) {
            self.project.set(project);
        }
        self.now.set(now);
        if self.is_lost() {
            self.notifications.dismiss();
        }
        self.notifications.end_stale();
        self.revision.set(revision);
        self.list.set(Arc::new(list));
        self.is_complete.set(true);
    }

    /// Fetches the list again.
    pub fn refresh(self) {
        self.scope.spawn(self.reload());
    }

    /// Like [`Self::refresh`], but returns when the list has loaded.
    pub async fn reload(self) {
        let Some(request) = self.requests.try_update_value(Requests::send) else { return };
        let response = list_tokens(self.key()).await;
        if self.requests.try_update_value(|requests| requests.receive(request, response.is_ok())) != Some(true) {
            return;
        }
        match response {
            Ok(listing) => self.take(listing),
            Err(error) => self.fail(error),
        }
    }

    /// Shows why the list could not be refreshed. If the user may no longer read it, the revision is cleared, which stops the
    /// updates.
    pub fn fail(self, error: AppError) {
        if matches!(error, AppError::Unauthenticated | AppError::NotFound | AppError::OtherUser) {
            self.revision.set(String::new());
        }
        self.notifications.notify_stale(&error.of_open_list());
    }

    /// Whether the user may no longer read the list.
    pub fn is_lost(self) -> bool {
        self.revision.try_with_untracked(String::is_empty) != Some(false)
    }

    /// Caches every new list, for a user who returns to the page.
    pub fn keep_seen(self, pages: SeenPages) {
        effect(move || {
            let list = self.list.get();
            if self.is_complete.get() {
                let (project, now, revision) = untrack(|| (self.project.get(), self.now.get(), self.revision.get()));
                pages.put_listing(SeenListing { project, list, now, revision });
            }
        });
    }
}
