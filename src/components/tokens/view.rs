//! The view of the list, from the page's address: a link reproduces it, and Back returns to the previous view.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::Location,
};

use crate::{
    components::common::effect::effect,
    models::{facets::Facets, found::Found, page_query::PageQuery, view::View},
    paths,
};

use super::token_list::ProjectTokens;

/// The view, and the tokens that it shows.
#[derive(Clone, Copy)]
pub struct TokenView {
    tokens: ProjectTokens,
    pub view: Memo<View>,
    /// The positions in the list of the tokens that the view shows, in the view's order.
    pub order: Memo<Vec<u32>>,
    /// The number of tokens that the view shows, loaded or not.
    pub shown: Memo<usize>,
    /// Whether the result of the view is not known yet: the view differs from the server-rendered one while the list is
    /// incomplete.
    pub is_loading: Memo<bool>,
    /// The tokens that the view shows, in its order, and the facet counts within its filter.
    pub found: Memo<Found>,
}

impl TokenView {
    /// Derives the view from the page's address. `rows_shown` and `first_facets` belong to the view that the server rendered;
    /// `first_query` is the query of that view.
    pub fn new(tokens: ProjectTokens, rows_shown: u32, first_facets: Facets, first_query: String) -> Self {
        let Location { pathname, search, .. } = use_location();
        let path = paths::tokens(&tokens.key());
        let first_view = PageQuery::parse(&first_query).view;
        // The query does not change once the address is another page's, because effects of this page may still run then.
        let query = Memo::new(move |last: Option<&String>| match last {
            _ if pathname.with(|shown| *shown == path) => search.get(),
            Some(last) => last.clone(),
            None => first_query.clone(),
        });
        let view = Memo::new(move |_| query.with(|query| PageQuery::parse(query).view));
        let ProjectTokens { list, is_complete, .. } = tokens;
        let is_loading = Memo::new(move |_| !is_complete.get() && view.with(|view| *view != first_view));
        // Read the view before the memos that derive from it: see `RowWindow::positions`.
        let found = Memo::new(move |last: Option<&Found>| {
            view.with(|view| {
                list.with(|list| {
                    if is_complete.get() {
                        return view.find(list);
                    }
                    // The server sent the first rows in the view's order.
                    let positions = if is_loading.get() { Vec::new() } else { list.positions().collect() };
                    let facets = last.map_or(&first_facets, |last| &last.facets);
                    Found { positions, facets: facets.clone() }
                })
            })
        });
        let order = Memo::new(move |_| found.with(|found| found.positions.clone()));
        let shown = Memo::new(move |_| {
            let is_known = is_complete.get() || is_loading.get();
            let loaded = order.with(Vec::len);
            if is_known { loaded } else { rows_shown as usize }
        });
        Self { tokens, view, order, shown, is_loading, found }
    }

    /// The address of a view.
    pub fn href(self, view: &View) -> String {
        paths::tokens_with(&self.tokens.key(), &view.to_query())
    }

    /// The address of the current order without filters.
    pub fn clear_href(self) -> String {
        self.href(&View { sort: self.view.get().sort, ..View::default() })
    }

    /// The id of the token with this name, if the filters hide it.
    pub fn hidden(self, name: &str) -> Option<String> {
        let (list, order) = (self.tokens.list.get_untracked(), self.order.read_untracked());
        let position = list.tokens.iter().position(|token| token.name() == name)?;
        let is_shown = order.iter().any(|shown| *shown as usize == position);
        list.tokens.get(position).filter(|_| !is_shown).map(|token| token.id().to_owned())
    }

    /// The token after these in the view, or the one before them. The search starts at `near`, if it is one of them.
    pub fn neighbour(self, ids: &[String], near: &str) -> Option<String> {
        let (list, order) = (self.tokens.list.get_untracked(), self.order.read_untracked());
        let id = |at: &u32| list.tokens.get(*at as usize).map(|token| token.id());
        let is_one = |at: &u32| id(at).is_some_and(|id| ids.iter().any(|one| one == id));
        let nearest = order.iter().position(|at| is_one(at) && id(at) == Some(near));
        let (before, after) = order.split_at(nearest.or_else(|| order.iter().position(is_one))?);
        let other = after.iter().find(|at| !is_one(at)).or_else(|| before.iter().rfind(|at| !is_one(at)))?;
        id(other).map(str::to_owned)
    }
}

/// Shows another view by navigating to its address. While the user types a search, the history entry is replaced, so that each
/// letter does not add one.
pub fn use_set_view(shown: TokenView) -> impl Fn(View) + Clone + 'static {
    let navigate = use_navigate();
    move |view: View| {
        let replace =
            shown.view.with_untracked(|before| !before.filter.search.is_empty() && before.filter.search != view.filter.search);
        navigate(&shown.href(&view), NavigateOptions { replace, scroll: false, resolve: false, ..NavigateOptions::default() });
    }
}

/// Removes from the address what only the first render needs (the open dialog, the page number, the result of a form), so that a
/// reload does not show it again.
pub fn clean_address(shown: TokenView) {
    let navigate = use_navigate();
    let Location { pathname, search, .. } = use_location();
    effect(move || {
        let href = shown.href(&shown.view.get_untracked());
        let address = format!("{}?{}", pathname.get_untracked(), search.get_untracked());
        if address.trim_end_matches('?') != href {
            navigate(&href, NavigateOptions { replace: true, scroll: false, resolve: false, ..NavigateOptions::default() });
        }
    });
}
