//! The page with a project's Registry Tokens.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    api::tokens::tokens_page,
    components::{
        common::{
            effect::effect,
            notifications::{Notification, Notifications},
        },
        dialogs::host::Dialogs,
        layout::{
            navigation::{is_first_page, use_form_answer},
            page_heading::PageHeading,
            seen_pages::SeenPages,
        },
        open_dialog::{Dialog, OpenDialog},
        project::details::ProjectDetails,
        tokens::{
            focus::Focus,
            live_updates::LiveUpdates,
            no_script::WithoutScript,
            section::TokensSection,
            selection::SelectionState,
            token_list::ProjectTokens,
            view::{TokenView, clean_address},
        },
    },
    models::{
        form_answer::{FormAnswer, RefusedForm},
        listing::FirstRows,
        page_content::PageContent,
        page_query::PageQuery,
        text::isolated,
    },
    paths,
};

use super::loaded::{LoadPage, LoadedPage, ShowPage};

/// Shown in place of a dialog whose token is gone.
const GONE: &str = "This token does not exist, or you may not see it.";

/// The list of a project's tokens, with all its actions.
#[component]
pub fn TokensPage() -> impl IntoView {
    let search = use_location().search;
    let FormAnswer { query, refused, .. } = use_form_answer();
    // The address of a form post has no query, so the server sends the query of the form's page.
    let first_query = Arc::new(move || query.clone().unwrap_or_else(|| search.get_untracked()));
    let seen = use_context::<SeenPages>();
    let is_first = is_first_page();
    let query = first_query.clone();
    let load: LoadPage = Arc::new(move |[key, _]| {
        let query = query();
        let known = seen.and_then(|seen| seen.listing(&key)).map(|listing| FirstRows::whole(listing, &PageQuery::parse(&query)));
        Box::pin(async {
            let rows = match known {
                Some(rows) => rows,
                None => tokens_page(key, query).await?,
            };
            Ok(PageContent::Tokens(rows.into()))
        })
    });
    // The page's state belongs to the route's owner: its effects may still run when the content is gone.
    let owner = Owner::current().unwrap_or_default();
    let show: ShowPage = Arc::new(move |content, _| match content {
        PageContent::Tokens(rows) => {
            let pages = (rows.page, rows.pages);
            owner.with(|| provide_state(*rows, first_query(), refused.clone(), seen));
            view! { <Content pages is_first /> }.into_any()
        }
        _ => ().into_any(),
    });
    view! { <LoadedPage load show is_mine=|content| matches!(content, PageContent::Tokens(_)) /> }
}

/// Provides the shared state of the page's components, each as its own context.
fn provide_state(rows: FirstRows, query: String, refused: Option<RefusedForm>, seen: Option<SeenPages>) {
    let asked = PageQuery::parse(&query).dialog;
    let dialog = asked.as_deref().and_then(|text| Dialog::parse(text, |_| rows.named.clone()));
    let said = |text: String, is_error| Notification { text, is_error, action: None };
    // If the dialog cannot open because its token is gone, a notification says so, or why its form was refused.
    let error = refused.as_ref().map(|refused| refused.error.to_string()).or(asked.map(|_| GONE.to_owned()));
    let homeless = error.filter(|_| dialog.is_none()).map(|error| said(error, true));
    let notifications = Notifications::new(rows.done.clone().map(|text| said(text, false)).or(homeless));
    provide_context(notifications);
    provide_context(OpenDialog::new(dialog, refused));
    let focus = Focus::provide();
    let (shown, facets) = (rows.shown, rows.facets.clone());
    let tokens = ProjectTokens::new(rows, expect_context(), notifications, focus);
    provide_context(tokens);
    SelectionState::provide(tokens.list);
    if let Some(seen) = seen {
        tokens.keep_seen(seen);
    }
    let view = TokenView::new(tokens, shown, facets, query);
    provide_context(view);
    clean_address(view);
}

#[component]
fn Content(pages: (u32, u32), is_first: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let view: TokenView = expect_context();
    let project = tokens.project;
    let name = project.with_untracked(|project| project.name.clone());
    let is_admin = Memo::new(move |_| project.with(|project| project.is_admin()));
    // Refresh unless the server just rendered every token: a cached list may be out of date.
    effect(move || {
        if !is_first || !tokens.is_complete.get_untracked() {
            tokens.refresh();
        }
    });
    let (page, pages) = pages;
    let first_view = view.view.get_untracked();
    let address = paths::tokens(&tokens.key());
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                <li><a href=paths::HOME>"My Projects"</a></li>
                <li translate="no">{name.clone()}</li>
                <li aria-current="page">"Registry Tokens"</li>
            </ol>
        </nav>
        <PageHeading title=format!("{} registry tokens", isolated(&name))><bdi translate="no">{name.clone()}</bdi></PageHeading>
        {move || view! { <ProjectDetails project=project.get() /> }}
        // The table differs for customer admins, so render it again when the role changes.
        {move || view! { <TokensSection is_admin=is_admin.get() /> }}
        <WithoutScript address view=first_view page pages />
        <Dialogs />
        <LiveUpdates />
    }
}
