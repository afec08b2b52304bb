//! The token list that the server sends to a page.

use serde::{Deserialize, Serialize};

use super::{
    facets::Facets, filter::Filter, found::Found, page_query::PageQuery, project::ProjectView, token::TokenRow,
    token_list::TokenList,
};

/// The project and its tokens at one point in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    pub project: ProjectView,
    /// The tokens that the caller may see.
    pub list: TokenList,
    /// When it was read (Unix seconds).
    pub now: i64,
    /// Changes whenever the list may have changed.
    pub revision: String,
}

impl Listing {
    /// The token that a query names.
    fn named(&self, query: &PageQuery) -> Option<TokenRow> {
        self.list.row(self.list.position(query.token_id()?)?, &self.project.key)
    }
}

/// The number of rows in a server-rendered page.
pub const PAGE_ROWS: usize = 25;

/// The part of a listing that a page starts with: the first rows of its view, and the counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRows {
    /// Every token, newest first, if they fit one page; otherwise the rows of one page in the view's order.
    pub listing: Listing,
    /// The counts over all tokens, whatever the view shows.
    pub totals: Facets,
    /// The counts within the view's filter.
    pub facets: Facets,
    /// The number of tokens that the view shows in total.
    pub shown: u32,
    /// The page number, from 1, and (`pages`) the number of pages.
    pub page: u32,
    pub pages: u32,
    /// The token whose dialog is open, or that a form changed: it may be on another page.
    pub named: Option<TokenRow>,
    /// The result of the form that the query names.
    pub done: Option<String>,
}

impl FirstRows {
    /// Returns the requested page of a whole listing, with the result of a form.
    pub fn of(listing: Listing, query: &PageQuery, done: Option<String>) -> Self {
        let Found { positions, facets } = query.view.find(&listing.list);
        let pages = positions.len().div_ceil(PAGE_ROWS).max(1);
        let page = (query.page.max(1) as usize).min(pages);
        let first = (page - 1) * PAGE_ROWS;
        let on_page = positions.iter().copied().skip(first).take(PAGE_ROWS).collect::<Vec<_>>();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            totals: Filter::default().find(&listing.list).facets,
            facets,
            shown: number(positions.len()),
            page: number(page),
            pages: number(pages),
            named: listing.named(query),
            done,
            // A list that fits one page is sent whole: the browser sorts and filters it.
            listing: if listing.list.len() <= PAGE_ROWS {
                listing
            } else {
                Listing { list: listing.list.part(&on_page), ..listing }
            },
        }
    }

    /// Returns a whole listing, for a browser that already has it.
    pub fn whole(listing: Listing, query: &PageQuery) -> Self {
        let Found { positions, facets } = query.view.filter.find(&listing.list);
        Self {
            totals: Filter::default().find(&listing.list).facets,
            facets,
            shown: u32::try_from(positions.len()).unwrap_or(u32::MAX),
            page: 1,
            pages: 1,
            named: listing.named(query),
            done: None,
            listing,
        }
    }

    /// Whether the listing contains every token.
    pub fn is_complete(&self) -> bool {
        self.totals.found() as usize == self.listing.list.len()
    }
}
