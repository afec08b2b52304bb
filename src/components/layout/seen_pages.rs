//! A cache of recently visited pages. A user who returns sees the cached content at once; it is then fetched again.

use std::{mem::discriminant, sync::Arc};

use leptos::prelude::*;

use crate::models::{listing::Listing, page_content::PageContent, project::ProjectView, token_list::TokenList};

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
    pages: Vec<PageContent>,
    listing: Option<SeenListing>,
}

impl SeenPages {
    pub fn provide() {
        provide_context(Self(StoredValue::default()));
    }

    /// Takes the content that is wanted out of the cache.
    pub fn take(self, is_wanted: impl Fn(&PageContent) -> bool) -> Option<PageContent> {
        let taken = self.0.try_update_value(|seen| {
            let at = seen.pages.iter().position(is_wanted)?;
            Some(seen.pages.swap_remove(at))
        });
        taken.flatten()
    }

    /// Caches a page. A token list is cached by its own page, at every update: see [`Self::put_listing`].
    pub fn put(self, content: PageContent) {
        if !matches!(content, PageContent::Tokens(_)) {
            self.0.update_value(|seen| {
                seen.pages.retain(|other| discriminant(other) != discriminant(&content));
                seen.pages.push(content);
            });
        }
    }

    /// The cached token list of a project. The case of the key does not matter.
    pub fn listing(self, key: &str) -> Option<Listing> {
        let seen = self.0.with_value(|seen| seen.listing.clone()).filter(|seen| seen.project.key.eq_ignore_ascii_case(key))?;
        Some(Listing { project: seen.project, list: (*seen.list).clone(), now: seen.now, revision: seen.revision })
    }

    pub fn put_listing(self, listing: SeenListing) {
        self.0.update_value(|seen| seen.listing = Some(listing));
    }
}
