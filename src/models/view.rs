//! The view of a project's page: which tokens, in which order. The page's address contains all of it.

use serde::{Deserialize, Serialize};

use super::{filter::Filter, found::Found, sort::Sort, token_list::TokenList};

/// Filter and order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub filter: Filter,
    pub sort: Sort,
}

impl View {
    /// Reads the pairs of an address's query; ignores unknown pairs.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut view = Self::default();
        for (name, value) in pairs {
            if name == "sort" {
                view.sort = Sort::parse(value).unwrap_or_default();
            } else {
                view.filter.read(name, value);
            }
        }
        view
    }

    /// The pairs that [`View::from_pairs`] reads.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = self.filter.to_pairs().into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.to_text()));
        }
        pairs
    }

    /// The query of the address of this view.
    pub fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.to_pairs()).finish()
    }

    /// Finds the tokens that the view shows, in its order.
    pub fn find(&self, list: &TokenList) -> Found {
        let mut found = self.filter.find(list);
        self.sort.apply(list, &mut found.positions);
        found
    }

    /// The positions of the tokens that the view shows, in its order.
    pub fn apply(&self, list: &TokenList) -> Vec<u32> {
        self.find(list).positions
    }
}
