//! Pages that were just seen. Who comes back has them at once; what they show is then fetched anew.

use std::sync::Arc;

use leptos::prelude::*;

use crate::models::{
    listing::Listing,
    project::{ProjectSummary, ProjectView},
    token_details::TokenDetails,
    token_list::TokenList,
};

/// A list that was seen. It is shared with the page, so that keeping it costs nothing.
#[derive(Clone)]
pub struct SeenListing {
    pub project: ProjectView,
    pub list: Arc<TokenList>,
    pub now: i64,
    pub revision: String,
}

/// The last content of each kind of page. It is gone with the document, as at signing out.
#[derive(Clone, Copy)]
pub struct SeenPages(StoredValue<Seen>);

#[derive(Default)]
struct Seen {
    projects: Option<Vec<ProjectSummary>>,
    listing: Option<SeenListing>,
    details: Option<TokenDetails>,
}

impl SeenPages {
    pub fn provide() {
        provide_context(Self(StoredValue::default()));
    }

    pub fn take_projects(self) -> Option<Vec<ProjectSummary>> {
        self.0.try_update_value(|seen| seen.projects.take()).flatten()
    }

    pub fn put_projects(self, projects: Vec<ProjectSummary>) {
        self.0.update_value(|seen| seen.projects = Some(projects));
    }

    /// The whole list of a project.
    pub fn listing(self, key: &str) -> Option<Listing> {
        let seen = self.0.with_value(|seen| seen.listing.clone()).filter(|seen| seen.project.key == key)?;
        Some(Listing { project: seen.project, list: (*seen.list).clone(), now: seen.now, revision: seen.revision })
    }

    pub fn put_listing(self, listing: SeenListing) {
        self.0.update_value(|seen| seen.listing = Some(listing));
    }

    pub fn take_details(self, key: &str, name: &str) -> Option<TokenDetails> {
        let seen = self.0.try_update_value(|seen| seen.details.take()).flatten();
        seen.filter(|details| details.project.key == key && details.token.name == name)
    }

    pub fn put_details(self, details: TokenDetails) {
        self.0.update_value(|seen| seen.details = Some(details));
    }
}
