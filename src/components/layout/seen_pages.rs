//! A cache of recently visited pages. A user who returns sees the cached content at once; it is then fetched again.

use std::sync::Arc;

use leptos::prelude::*;

use crate::models::{
    listing::Listing,
    page_content::{PageContent, PageParams},
    project::ProjectView,
    token_list::TokenList,
};

/// A cached token list. The list is shared with the page, so caching it costs no copy.
#[derive(Clone)]
pub struct SeenListing {
    pub project: ProjectView,
    pub list: Arc<TokenList>,
    pub now: i64,
    pub revision: String,
}

/// The last content of each kind of page. It lives as long as the document; signing out loads a new one.
#[derive(Clone, Copy)]
pub struct SeenPages(StoredValue<Seen>);

#[derive(Default)]
struct Seen {
    projects: Option<PageContent>,
    listing: Option<SeenListing>,
    token: Option<PageContent>,
}

impl SeenPages {
    pub fn provide() {
        provide_context(Self(StoredValue::default()));
    }

    /// Takes the content of My Projects or of a token out of the cache.
    pub fn take(self, params: &PageParams) -> Option<PageContent> {
        let kept = self.0.try_update_value(|seen| match params.each_ref().map(String::as_str) {
            ["", _] => seen.projects.take(),
            [_, ""] => None,
            _ => seen.token.take(),
        });
        kept.flatten().filter(|content| content.params() == *params)
    }

    /// Caches a page. A token list is cached by its own page, at every update: see [`Self::put_listing`].
    pub fn put(self, content: PageContent) {
        self.0.update_value(|seen| match content {
            PageContent::Projects(_) => seen.projects = Some(content),
            PageContent::Token(_) => seen.token = Some(content),
            PageContent::Tokens(_) => {}
        });
    }

    /// The cached token list of a project.
    pub fn listing(self, key: &str) -> Option<Listing> {
        let seen = self.0.with_value(|seen| seen.listing.clone()).filter(|seen| seen.project.key == key)?;
        Some(Listing { project: seen.project, list: (*seen.list).clone(), now: seen.now, revision: seen.revision })
    }

    pub fn put_listing(self, listing: SeenListing) {
        self.0.update_value(|seen| seen.listing = Some(listing));
    }
}
