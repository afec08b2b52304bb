//! The click listener of the table's body. It serves all rows, because rows that the browser has parsed have no listeners.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    components::open_dialog::{Dialog, OpenDialog},
    models::token_action::TokenAction,
};

use super::{
    focus::RowControl,
    selection::{Selection, SelectionState},
    token_list::ProjectTokens,
    view::TokenView,
};

/// What a click on a control of a row needs.
#[derive(Clone, Copy)]
pub struct RowClicks {
    tokens: ProjectTokens,
    view: TokenView,
    selection: SelectionState,
    dialog: OpenDialog,
}

impl RowClicks {
    pub fn of_table() -> Self {
        Self { tokens: expect_context(), view: expect_context(), selection: expect_context(), dialog: expect_context() }
    }

    /// Handles a click. A link and a `<summary>` do what the browser does.
    pub fn click(self, event: &ev::MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let closest = |selector: &str| target.as_ref()?.closest(selector).ok().flatten();
        let (Some(control), Some(row)) = (closest("[data-control]"), closest("[data-token]")) else { return };
        let (slug, id) =
            (control.get_attribute("data-control").unwrap_or_default(), row.get_attribute("data-token").unwrap_or_default());
        if slug == RowControl::Select.slug() {
            self.select(id, event.shift_key());
        } else if let Some(dialog) = control.get_attribute("value") {
            event.prevent_default();
            self.act(id, &slug, &dialog);
        }
    }

    /// Opens the dialog of an action. One click ends an overlap, without a dialog.
    fn act(self, id: String, action: &str, dialog: &str) {
        if action == TokenAction::EndOverlap.slug() {
            if let Some(until) = self.tokens.row(&id).and_then(|row| row.overlap_until) {
                self.tokens.end_overlap(id, until);
            }
        } else if let Some(opened) = Dialog::parse(dialog, |id| self.tokens.row(id)) {
            self.tokens.open(self.dialog, opened);
        }
    }

    /// Selects or deselects a token; with Shift, every token from the last clicked one to this one.
    fn select(self, id: String, is_range: bool) {
        let SelectionState { chosen, last } = self.selection;
        let (list, order) = (self.tokens.list.get_untracked(), self.view.order.read_untracked());
        let is_on = !chosen.with_untracked(|chosen| chosen.contains(&id));
        let place = |id: &str| {
            let position = list.position(id)?;
            order.iter().position(|&at| at as usize == position)
        };
        let Some(this) = place(&id) else { return };
        let from = last.with_value(|last| is_range.then(|| place(last)).flatten()).unwrap_or(this);
        chosen.update(|chosen: &mut Selection| chosen.set(&list, &order[this.min(from)..=this.max(from)], is_on));
        last.set_value(id);
    }
}
