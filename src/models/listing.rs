//! What the server tells a page of its tokens.

use serde::{Deserialize, Serialize};

use super::{facets::Facets, project::ProjectView, token::TokenRow, token_list::TokenList, view::View};

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

/// So many rows stand in a page as the server renders it.
pub const PAGE_ROWS: usize = 25;

/// The part of a listing that a page starts with: the first rows of its view, and what says how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRows {
    /// Its list holds every token, newest first; or, of more than a page, the rows of one page in the view's order.
    pub listing: Listing,
    pub facets: Facets,
    /// How many tokens the view shows in all.
    pub shown: u32,
    /// Which page it is, from 1, and of how many.
    pub page: u32,
    pub pages: u32,
    /// The token whose dialog stands open: it may be on another page.
    pub of_dialog: Option<TokenRow>,
}

impl FirstRows {
    /// Takes one page of a whole listing. `dialog_token` is the id of the token whose dialog stands open.
    pub fn of(listing: Listing, view: &View, page: u32, dialog_token: Option<&str>) -> Self {
        let positions = view.apply(&listing.list);
        let pages = positions.len().div_ceil(PAGE_ROWS).max(1);
        let page = (page.max(1) as usize).min(pages);
        let first = (page - 1) * PAGE_ROWS;
        let on_page = positions.iter().copied().skip(first).take(PAGE_ROWS).collect::<Vec<_>>();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            facets: Facets::of(&listing.list),
            shown: number(positions.len()),
            page: number(page),
            pages: number(pages),
            of_dialog: dialog_token
                .and_then(|id| listing.list.position(id))
                .and_then(|at| listing.list.row(at, &listing.project.key)),
            // What fits one page goes whole: the browser sorts and filters it from there.
            listing: if listing.list.len() <= PAGE_ROWS {
                listing
            } else {
                Listing { list: listing.list.part(&on_page), ..listing }
            },
        }
    }

    /// A whole listing, for a browser that has it already.
    pub fn whole(listing: Listing, view: &View, dialog_token: Option<&str>) -> Self {
        let shown = view.apply(&listing.list).len();
        let row = |id: &str| listing.list.row(listing.list.position(id)?, &listing.project.key);
        Self {
            facets: Facets::of(&listing.list),
            shown: u32::try_from(shown).unwrap_or(u32::MAX),
            page: 1,
            pages: 1,
            of_dialog: dialog_token.and_then(row),
            listing,
        }
    }

    /// Whether the page has every token there is.
    pub fn is_complete(&self) -> bool {
        self.facets.all as usize == self.listing.list.len()
    }
}
