//! What the parts of the tokens page share: the list, the view of it, what is chosen, the dialog that stands open.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    api::tokens::list_tokens,
    browser,
    error::AppError,
    models::{
        bulk::BulkAction,
        facets::Facets,
        listing::{FirstRows, Listing},
        project::ProjectView,
        token::{RevealedSecret, TokenRow},
        token_list::TokenList,
        view::View,
    },
};

use super::{
    deferred::Deferred,
    dialog::{Change, Dialog},
    page_state::{PageState, Refused},
    selection::Selection,
};

/// What the server hands to the browser, as text in the page; both make the same section of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageData {
    pub rows: FirstRows,
    pub page: PageState,
}

/// One line above the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeText {
    pub text: String,
    pub is_error: bool,
    pub offer: Option<Offer>,
}

/// What can be done about it, in one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Takes back what was done to the tokens with these ids.
    Undo(BulkAction, Vec<String>),
    /// Asks for the list again.
    TryAgain,
    /// Takes the secret that was copied out of the clipboard.
    ClearClipboard,
    /// Leads to a new session.
    SignIn,
}

/// The state of the page. Signals only, so it is cheap to copy.
#[derive(Clone, Copy)]
pub struct Tokens {
    pub project: RwSignal<ProjectView>,
    pub list: RwSignal<TokenList>,
    /// Unix seconds; when the list was read.
    pub now: RwSignal<i64>,
    /// Whether every token is in the list, or only the rows that the server rendered.
    pub is_complete: RwSignal<bool>,
    /// The view that the server rendered.
    first_view: StoredValue<View>,
    pub view: RwSignal<View>,
    /// Positions in the list of the tokens that the view shows, in its order.
    pub order: Memo<Vec<u32>>,
    /// How many those are.
    pub shown: Memo<usize>,
    pub facets: Memo<Facets>,
    pub selection: RwSignal<Selection>,
    /// The id that was chosen, or given up, last.
    pub last_selected: StoredValue<String>,
    /// Slugs of the columns that are hidden, with blanks between.
    pub hidden_columns: RwSignal<String>,
    pub dialog: RwSignal<Option<Dialog>>,
    pub revealed: RwSignal<Option<RevealedSecret>>,
    /// Whether a secret was copied last, so that the clipboard may hold it.
    pub is_secret_copied: RwSignal<bool>,
    pub notice: RwSignal<Option<NoticeText>>,
    /// The revision of the list, to be told of later ones.
    pub revision: RwSignal<String>,
    /// What a form was refused before there was a script.
    pub refused: StoredValue<Option<Refused>>,
    /// False until the page answers to clicks.
    pub hydrated: RwSignal<bool>,
    /// The code of the dialogs, once it is there.
    pub deferred: RwSignal<Option<Deferred>>,
}

impl Tokens {
    /// The first state, from what the server hands over.
    pub fn new(PageData { rows, page }: PageData) -> Self {
        let dialog = page.dialog.as_deref().and_then(|text| Dialog::parse(text, |_| rows.of_dialog.clone()));
        let is_complete = RwSignal::new(rows.is_complete());
        let FirstRows { listing: Listing { project, list, now, revision }, facets: first_facets, shown: first_shown, .. } = rows;
        let said = |text: String, is_error| NoticeText { text, is_error, offer: None };
        let done = page.done_sentence().map(|text| said(text.to_owned(), false));
        // A refusal whose dialog is gone, with its token, is said above the table.
        let homeless = page.refused.as_ref().filter(|_| dialog.is_none());
        let homeless = homeless.map(|refused| said(refused.error.to_string(), true));

        let (list, first_view) = (RwSignal::new(list), page.view.clone());
        let (view, first_view) = (RwSignal::new(page.view), StoredValue::new(first_view));
        let is_awaited = move || is_awaited(is_complete, view, first_view);
        let order = Memo::new(move |_| {
            list.with(|list| {
                if is_awaited() {
                    Vec::new()
                } else if is_complete.get() {
                    view.with(|view| view.apply(list))
                } else {
                    // The rows of the first page stand in the view's order already.
                    list.positions().collect()
                }
            })
        });
        let shown = Memo::new(move |_| {
            let loaded = order.with(Vec::len);
            if is_complete.get() || is_awaited() { loaded } else { first_shown as usize }
        });
        let facets = Memo::new(move |_| if is_complete.get() { list.with(Facets::of) } else { first_facets.clone() });
        Self {
            dialog: RwSignal::new(dialog),
            project: RwSignal::new(project),
            now: RwSignal::new(now),
            revision: RwSignal::new(revision),
            revealed: RwSignal::new(None),
            is_secret_copied: RwSignal::new(false),
            notice: RwSignal::new(done.or(homeless)),
            refused: StoredValue::new(page.refused),
            hidden_columns: RwSignal::new(page.hidden_columns),
            selection: RwSignal::default(),
            last_selected: StoredValue::default(),
            hydrated: RwSignal::new(false),
            deferred: RwSignal::new(None),
            list,
            is_complete,
            first_view,
            view,
            order,
            shown,
            facets,
        }
    }

    pub fn project_key(&self) -> String {
        self.project.with_untracked(|project| project.key.clone())
    }

    /// Whether the view is another than the server rendered while not every token is in the list: what it shows is not
    /// known yet.
    pub fn is_awaited(&self) -> bool {
        is_awaited(self.is_complete, self.view, self.first_view)
    }

    /// The page's address with this query. Whole, because a form that was refused is answered under its own address.
    pub fn address(&self, query: &str) -> String {
        let path = self.project.with_untracked(|project| format!("/projects/{}/registry-tokens", project.key));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// The address of one of the dialogs' forms.
    pub fn form_action(&self, action: &str) -> String {
        format!("{}/{action}", self.address(""))
    }

    /// A token of the list as a row.
    pub fn row(&self, id: &str) -> Option<TokenRow> {
        let key = self.project_key();
        self.list.with_untracked(|list| list.row(list.position(id)?, &key))
    }

    /// These tokens as the list has them now, or as they were where it does not.
    pub fn latest(&self, rows: &[TokenRow]) -> Vec<TokenRow> {
        self.list.track();
        rows.iter().map(|row| self.row(&row.id).unwrap_or_else(|| row.clone())).collect()
    }

    /// The token that stands after these in the view, or before them.
    pub fn neighbour(&self, ids: &[String]) -> Option<String> {
        let (list, order) = (self.list.read_untracked(), self.order.read_untracked());
        let id = |at: &u32| list.tokens.get(*at as usize).map(|token| token.id());
        let is_one = |at: &u32| id(at).is_some_and(|id| ids.iter().any(|one| one == id));
        let last = self.last_selected.get_value();
        let from =
            order.iter().position(|at| ids.contains(&last) && id(at) == Some(&last)).or_else(|| order.iter().position(is_one))?;
        let (before, after) = order.split_at(from);
        let other = after.iter().find(|at| !is_one(at)).or_else(|| before.iter().rfind(|at| !is_one(at)))?;
        id(other).map(str::to_owned)
    }

    /// Opens the dialog that the text names, as the page's address does.
    pub fn open(&self, text: &str) {
        self.show(Dialog::parse(text, |id| self.row(id)));
    }

    /// Opens a dialog. One that ends something tells what used it lately: the list is read anew for that.
    fn show(&self, dialog: Option<Dialog>) {
        let ends_something = dialog.as_ref().is_some_and(Dialog::ends_something);
        self.dialog.set(dialog);
        if ends_something && self.is_complete.get_untracked() {
            self.refresh(Vec::new());
        }
    }

    /// Opens the dialog of a change to many tokens.
    pub fn open_change(&self, change: Change, chosen: &Selection) {
        let key = self.project_key();
        let rows: Vec<TokenRow> = self.list.with_untracked(|list| {
            let chosen = (0..).zip(list.tokens.iter()).filter(|(_, token)| chosen.contains(token.id()));
            chosen.filter_map(|(at, _)| list.row(at, &key)).collect()
        });
        if !rows.is_empty() {
            self.show(Some(Dialog::Change(change, rows)));
        }
    }

    /// Says what happened.
    pub fn say(&self, text: impl Into<String>) {
        self.notice.set(Some(NoticeText { text: text.into(), is_error: false, offer: None }));
    }

    /// Says what did not work.
    pub fn say_error(&self, error: &AppError) {
        self.refuse(error, None);
    }

    /// Says what did not work, and what can be done about it.
    pub fn refuse(&self, error: &AppError, offer: Option<Offer>) {
        let offer = if *error == AppError::Unauthenticated { Some(Offer::SignIn) } else { offer };
        self.notice.set(Some(NoticeText { text: error.to_string(), is_error: true, offer }));
    }

    /// Takes a fresh listing.
    pub fn take(&self, Listing { project, list, now, revision }: Listing) {
        self.selection.update(|selection| selection.keep_those_in(&list));
        self.project.set(project);
        self.list.set(list);
        self.now.set(now);
        self.revision.set(revision);
        self.is_complete.set(true);
    }

    /// Fetches the list anew. The focus stays where it is; if it was lost with a row, the first of these ids gets it.
    pub fn refresh(self, then_focus: Vec<String>) {
        spawn_local(async move {
            match list_tokens(self.project_key()).await {
                Ok(listing) => {
                    let focused = browser::focused_id();
                    self.take(listing);
                    let ids: Vec<String> = focused.into_iter().chain(then_focus).collect();
                    // Where nothing had the focus, nothing lost it.
                    if !ids.is_empty() {
                        self.keep_focus(ids);
                    }
                }
                Err(AppError::NoAnswer) => {
                    let text = "The portal did not answer: this list may be out of date.".to_owned();
                    self.notice.set(Some(NoticeText { text, is_error: true, offer: Some(Offer::TryAgain) }));
                }
                Err(error) => self.refuse(&error, Some(Offer::TryAgain)),
            }
        });
    }

    /// Once the page has changed, gives a lost focus to the first of these ids, or to the list's heading.
    pub fn keep_focus(self, ids: Vec<String>) {
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            let ids: Vec<&str> = ids.iter().map(String::as_str).chain(["tokens-title"]).collect();
            browser::focus_if_lost(&ids);
        });
    }
}

fn is_awaited(is_complete: RwSignal<bool>, view: RwSignal<View>, first_view: StoredValue<View>) -> bool {
    !is_complete.get() && view.with(|view| first_view.with_value(|first| view != first))
}
