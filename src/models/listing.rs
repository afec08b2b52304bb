//! What the server tells a page of its tokens.

use serde::{Deserialize, Serialize};

use super::{
    facets::Facets, filter::Filter, found::Found, page_query::PageQuery, project::ProjectView, token::TokenRow,
    token_list::TokenList,
};

/// The project and its tokens at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    pub project: ProjectView,
    /// Those that the caller may see.
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

/// How many rows stand in a page as the server renders it.
pub const PAGE_ROWS: usize = 25;

/// The part of a listing that a page starts with: the first rows of its view, and what says how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRows {
    /// Its list holds every token, newest first; or, of more than a page, the rows of one page in the view's order.
    pub listing: Listing,
    /// Of all tokens, whatever the view shows.
    pub totals: Facets,
    /// Within the view's filter.
    pub facets: Facets,
    /// How many tokens the view shows in all.
    pub shown: u32,
    /// Which page it is, from 1, and of how many.
    pub page: u32,
    pub pages: u32,
    /// The token whose dialog stands open, or to which a form did something: it may be on another page.
    pub named: Option<TokenRow>,
}

impl FirstRows {
    /// Takes the page of a whole listing that was asked for.
    pub fn of(listing: Listing, query: &PageQuery) -> Self {
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
            // What fits one page goes whole: the browser sorts and filters it from there.
            listing: if listing.list.len() <= PAGE_ROWS {
                listing
            } else {
                Listing { list: listing.list.part(&on_page), ..listing }
            },
        }
    }

    /// A whole listing, for a browser that has it already.
    pub fn whole(listing: Listing, query: &PageQuery) -> Self {
        let Found { positions, facets } = query.view.filter.find(&listing.list);
        Self {
            totals: Filter::default().find(&listing.list).facets,
            facets,
            shown: u32::try_from(positions.len()).unwrap_or(u32::MAX),
            page: 1,
            pages: 1,
            named: listing.named(query),
            listing,
        }
    }

    /// Whether the page has every token there is.
    pub fn is_complete(&self) -> bool {
        self.totals.found() as usize == self.listing.list.len()
    }
}
