//! The part of the page that lives in the browser: the list of tokens and everything done with it.

use leptos::{either::EitherOf8, mount::mount_to, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    api::tokens::list_tokens,
    browser,
    error::AppError,
    models::{
        filter::Filter,
        project::ProjectView,
        token::{RevealedSecret, TokenRow},
    },
};

use super::{
    attention::Attention,
    delete_dialog::DeleteDialog,
    generate_dialog::{GenerateButton, GenerateDialog},
    notice::{Notice, NoticeText},
    pause_dialogs::{DisableDialog, EnableDialog},
    regenerate_dialog::RegenerateDialog,
    resync_dialog::ResyncDialog,
    secret_reveal_once::SecretRevealOnce,
    token_filters::TokenFilters,
    token_table::TokenTable,
};

/// What the page's address says, and what a form led to where no script ran.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PageState {
    pub filter: Filter,
    /// The dialog that stands open, as [`Dialog::parse`] reads it.
    pub dialog: Option<String>,
    /// A word for what a form did.
    pub done: Option<String>,
    /// What a form was refused.
    pub refused: Option<Refused>,
}

/// A form that could not be taken, with what was typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refused {
    pub name: String,
    pub is_service: bool,
    pub service_user: String,
    pub error: AppError,
}

impl PageState {
    /// Reads an address's query.
    pub fn read(query: &str) -> Self {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.to_string());
        Self {
            filter: Filter::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))),
            dialog: value("dialog"),
            done: value("done"),
            refused: None,
        }
    }

    /// The page with a form's dialog open again, and its error.
    pub fn refused(action: &str, token_id: &str, name: &str, kind: &str, service_user: &str, error: AppError) -> Self {
        let dialog = if action == "generate" { action.to_owned() } else { format!("{action}-{token_id}") };
        let refused =
            Refused { name: name.to_owned(), is_service: kind == "service", service_user: service_user.to_owned(), error };
        Self { dialog: Some(dialog), refused: Some(refused), ..Self::default() }
    }

    fn done_sentence(&self) -> Option<&'static str> {
        match self.done.as_deref()? {
            "resynced" => Some("The products are added: the token opens their images from now on."),
            "resynced-nothing" => Some("There was nothing to add."),
            "disabled" => Some("The token is disabled. Logins and pulls with it fail until it is enabled."),
            "enabled" => Some("The token is enabled. Its secret works again."),
            "overlap-ended" => Some("The overlap is ended: the former secret no longer works."),
            "deleted" => Some("The token is deleted. Logins and pulls with it fail from now on."),
            _ => None,
        }
    }
}

/// The dialog that stands open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    Generate,
    Resync(TokenRow),
    Regenerate(TokenRow),
    Delete(TokenRow),
    Disable(TokenRow),
    Enable(TokenRow),
}

impl Dialog {
    /// `generate`, or an action and a token's id: `delete-ID`.
    pub fn parse(text: &str, rows: &[TokenRow]) -> Option<Self> {
        if text == "generate" {
            return Some(Self::Generate);
        }
        let (action, id) = text.split_once('-')?;
        let row = rows.iter().find(|row| row.id == id)?.clone();
        match action {
            "resync" => Some(Self::Resync(row)),
            "regenerate" => Some(Self::Regenerate(row)),
            "delete" => Some(Self::Delete(row)),
            "disable" => Some(Self::Disable(row)),
            "enable" => Some(Self::Enable(row)),
            _ => None,
        }
    }
}

/// What the components of the island share.
#[derive(Clone, Copy)]
pub struct Tokens {
    pub project: RwSignal<ProjectView>,
    pub rows: RwSignal<Vec<TokenRow>>,
    pub filter: RwSignal<Filter>,
    pub dialog: RwSignal<Option<Dialog>>,
    pub revealed: RwSignal<Option<RevealedSecret>>,
    pub notice: RwSignal<Option<NoticeText>>,
    /// What a form was refused before there was a script.
    pub refused: StoredValue<Option<Refused>>,
    /// A Token Name typed before the page answered to it.
    pub draft: StoredValue<String>,
    /// False until the page answers to clicks.
    pub hydrated: RwSignal<bool>,
}

impl Tokens {
    /// The address of one of the dialogs' forms.
    pub fn form_action(&self, action: &str) -> String {
        self.project.with_untracked(|project| format!("/projects/{}/registry-tokens/{action}", project.key))
    }

    /// The page's address with this query. Whole, because a form that was refused is answered under its own address.
    pub fn address(&self, query: &str) -> String {
        let path = self.project.with_untracked(|project| format!("/projects/{}/registry-tokens", project.key));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    pub fn project_key(&self) -> String {
        self.project.with_untracked(|project| project.key.clone())
    }

    /// Says what happened.
    pub fn say(&self, text: impl Into<String>) {
        self.notice.set(Some(NoticeText { text: text.into(), is_error: false }));
    }

    /// Says what did not work.
    pub fn say_error(&self, error: &AppError) {
        self.notice.set(Some(NoticeText { text: error.to_string(), is_error: true }));
    }

    /// Once the page has changed, gives a lost focus to the first of these ids, or to the list's heading.
    pub fn keep_focus(self, ids: Vec<String>) {
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            let ids: Vec<&str> = ids.iter().map(String::as_str).chain(["tokens-title"]).collect();
            browser::focus_if_lost(&ids);
        });
    }

    /// Fetches the list anew; then the focus goes to the first of these ids, if it was lost with a row.
    pub fn refresh(self, then_focus: Vec<String>) {
        spawn_local(async move {
            match list_tokens(self.project_key()).await {
                Ok((project, rows)) => {
                    self.project.set(project);
                    self.rows.set(rows);
                    self.keep_focus(then_focus);
                }
                Err(error) => self.say_error(&error),
            }
        });
    }
}

/// What the server hands to the island: in its context while it renders, as text in the page for the browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageData {
    pub project: ProjectView,
    pub rows: Vec<TokenRow>,
    pub page: PageState,
}

impl Tokens {
    /// The island's first state.
    pub fn new(PageData { project, rows, page }: PageData) -> Self {
        let dialog = page.dialog.as_deref().and_then(|dialog| Dialog::parse(dialog, &rows));
        let done = page.done_sentence().map(|text| NoticeText { text: text.to_owned(), is_error: false });
        // A refusal whose dialog is gone, with its token, is said above the table.
        let homeless = page.refused.as_ref().filter(|_| dialog.is_none());
        let homeless = homeless.map(|refused| NoticeText { text: refused.error.to_string(), is_error: true });
        Self {
            dialog: RwSignal::new(dialog),
            project: RwSignal::new(project),
            rows: RwSignal::new(rows),
            filter: RwSignal::new(page.filter),
            revealed: RwSignal::new(None),
            notice: RwSignal::new(done.or(homeless)),
            refused: StoredValue::new(page.refused),
            draft: StoredValue::new(String::new()),
            hydrated: RwSignal::new(false),
        }
    }
}

/// List and filters. The dialogs are mounted beside it when they open: see [`open_dialogs`].
#[island]
pub fn TokensIsland() -> impl IntoView {
    let data = use_context::<PageData>().or_else(|| browser::read_data(DATA_ID));
    data.map(|data| {
        provide_context(Tokens::new(data));
        view! { <TokensSection /> }
    })
}

/// The element that carries [`PageData`] to the browser.
pub const DATA_ID: &str = "tokens-data";
/// The element that dialogs are mounted in.
pub const DIALOGS_ID: &str = "tokens-dialogs";

#[component]
fn TokensSection() -> impl IntoView {
    let tokens: Tokens = expect_context();
    Effect::new(move |_| tokens.hydrated.set(true));
    Effect::new(move |before: Option<()>| {
        let query = tokens.filter.with(Filter::to_query);
        if before.is_some() {
            browser::replace_query(&query);
        }
    });
    open_dialogs(tokens);
    let csv = move || {
        let query = tokens.filter.with(Filter::to_query);
        tokens.project.with(|project| format!("/projects/{}/registry-tokens.csv?{query}", project.key))
    };
    view! {
        <section class="tokens" aria-labelledby="tokens-title" data-hydrated=move || tokens.hydrated.get().then_some("true")>
            // Where no script runs, or not yet, the buttons of the rows submit this: the page comes back with the dialog open.
            <form id="open-dialog" method="get" action=tokens.address("")>
                {move || tokens.filter.get().to_pairs().into_iter().map(|(name, value)| view! {
                    <input type="hidden" name=name value=value.to_owned() />
                }).collect_view()}
            </form>
            <div class="tokens-head">
                <h2 id="tokens-title" tabindex="-1">"Registry Tokens"</h2>
                <GenerateButton />
            </div>
            <Notice />
            <Attention />
            <TokenFilters />
            <TokenTable />
            <p class="tokens-foot"><a href=csv download="">"Download as CSV"</a></p>
        </section>
    }
}

/// Mounts whichever dialog is open. The server renders an open dialog as plain HTML in the same place; here it is
/// made anew, so that no dialog is ever hydrated and the browser code does not carry that twice.
fn open_dialogs(tokens: Tokens) {
    Effect::new(move |open: Option<Option<Mounted>>| {
        let is_open = tokens.revealed.with(Option::is_some) || tokens.dialog.with(Option::is_some);
        drop(open);
        let place = browser::element(DIALOGS_ID)?;
        if let Some(typed) = browser::field_value("token-name") {
            tokens.draft.set_value(typed);
        }
        place.set_inner_html("");
        is_open.then(|| Box::new(mount_to(place, move || view! { <OpenDialog /> })) as Mounted)
    });
}

/// A mounted dialog; it goes when this is dropped.
type Mounted = Box<dyn std::any::Any>;

/// The dialog that is open, if one is.
#[component]
pub fn OpenDialog() -> impl IntoView {
    let tokens: Tokens = expect_context();
    if tokens.revealed.with_untracked(Option::is_some) {
        return EitherOf8::A(view! { <SecretRevealOnce /> });
    }
    match tokens.dialog.get_untracked() {
        None => EitherOf8::B(()),
        Some(Dialog::Generate) => EitherOf8::C(view! { <GenerateDialog /> }),
        Some(Dialog::Resync(row)) => EitherOf8::D(view! { <ResyncDialog row /> }),
        Some(Dialog::Regenerate(row)) => EitherOf8::E(view! { <RegenerateDialog row /> }),
        Some(Dialog::Delete(row)) => EitherOf8::F(view! { <DeleteDialog row /> }),
        Some(Dialog::Disable(row)) => EitherOf8::G(view! { <DisableDialog row /> }),
        Some(Dialog::Enable(row)) => EitherOf8::H(view! { <EnableDialog row /> }),
    }
}
