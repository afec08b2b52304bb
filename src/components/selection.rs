//! Which tokens are chosen for a change to many.

use crate::models::token_list::TokenList;

/// Ids in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection(Vec<String>);

impl Selection {
    /// These tokens.
    pub fn of(ids: impl IntoIterator<Item = String>) -> Self {
        let mut ids: Vec<String> = ids.into_iter().collect();
        ids.sort_unstable();
        Self(ids)
    }

    pub fn contains(&self, id: &str) -> bool {
        self.0.binary_search_by(|chosen| chosen.as_str().cmp(id)).is_ok()
    }

    pub fn ids(&self) -> &[String] {
        &self.0
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Chooses the tokens at these positions besides, or no longer.
    pub fn set(&mut self, list: &TokenList, positions: &[u32], chosen: bool) {
        let mut marked: Vec<bool> = list.tokens.iter().map(|token| self.contains(token.id())).collect();
        for &position in positions {
            if let Some(mark) = marked.get_mut(position as usize) {
                *mark = chosen;
            }
        }
        self.0 = list.tokens.iter().zip(marked).filter(|(_, mark)| *mark).map(|(token, _)| token.id().to_owned()).collect();
        self.0.sort_unstable();
    }

    /// Forgets tokens that are gone.
    pub fn keep_those_in(&mut self, list: &TokenList) {
        if !self.0.is_empty() {
            let left = list.tokens.iter().map(|token| token.id()).filter(|id| self.contains(id)).map(str::to_owned).collect();
            self.0 = left;
            self.0.sort_unstable();
        }
    }
}
