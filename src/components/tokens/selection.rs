//! The tokens that are selected for a bulk change.

use std::sync::Arc;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::{components::common::effect::effect, dom::elements, models::token_list::TokenList};

/// The page's selection state.
#[derive(Clone, Copy)]
pub struct SelectionState {
    pub chosen: RwSignal<Selection>,
    /// The id that was selected or deselected last.
    pub last: StoredValue<String>,
}

impl SelectionState {
    /// Provides the state for this list. Tokens that leave the list are deselected.
    pub fn provide(list: RwSignal<Arc<TokenList>>) {
        let chosen = RwSignal::<Selection>::default();
        effect(move || {
            let list = list.get();
            if chosen.with_untracked(|chosen| !chosen.ids().is_empty()) {
                chosen.update(|chosen| chosen.keep_those_in(&list));
            }
        });
        provide_context(Self { chosen, last: StoredValue::default() });
    }

    /// Shows each change of the selection in the rows of the table. A new row shows it from the beginning.
    pub fn show_in(self, body: NodeRef<html::Tbody>) {
        effect(move || {
            let (Some(body), chosen) = (body.get(), self.chosen.read()) else { return };
            for select in
                elements::below(&body, "input").into_iter().filter_map(|input| input.dyn_into::<HtmlInputElement>().ok())
            {
                let is_chosen = chosen.contains(&select.value());
                select.set_checked(is_chosen);
                if let Ok(Some(row)) = select.closest("tr") {
                    let _ = row.class_list().toggle_with_force("chosen", is_chosen);
                }
            }
        });
    }
}

/// Ids in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection(Vec<String>);

impl Selection {
    /// Selects these ids.
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

    /// Selects or deselects the tokens at these positions, and keeps the others.
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

    /// After a change to the tokens `ids`: of these, only those that it has `left` are selected. The others stay as they are.
    pub fn leave(&mut self, ids: &[String], left: Vec<String>) {
        let changed = Self::of(ids.to_vec());
        self.0.retain(|id| !changed.contains(id));
        self.0.extend(left);
        self.0.sort_unstable();
    }

    /// Deselects tokens that are not in the list.
    pub fn keep_those_in(&mut self, list: &TokenList) {
        *self = Self::of(list.tokens.iter().map(|token| token.id()).filter(|id| self.contains(id)).map(str::to_owned));
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;

    #[test]
    fn a_change_keeps_what_it_has_left_and_the_tokens_of_others() {
        let ids = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut chosen = Selection::of(ids("other done left"));
        chosen.leave(&ids("done left later"), ids("left later"));
        assert_eq!(chosen, Selection::of(ids("later left other")));
    }
}
