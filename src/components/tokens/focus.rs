//! Where the focus goes when what had it is gone: a row that was deleted or made anew, a dialog that closed.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{components::common::effect::effect, dom, models::token_action::TokenAction};

/// What is to have the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FocusTarget {
    /// The heading of the list.
    Heading,
    GenerateButton,
    Search,
    /// The button of the filters.
    Filter,
    /// A control in the row of the first of these tokens that is in the table.
    Row {
        ids: Vec<String>,
        control: RowControl,
    },
}

/// A control in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowControl {
    Select,
    /// The button of an action, by its slug.
    Action(&'static str),
    /// The control that had the focus, by its word in the row's HTML.
    Held(String),
}

impl RowControl {
    /// The word in the row's HTML, in `data-control`. Disable and Enable are one button: after the one it is the other.
    pub fn slug(&self) -> &str {
        match self {
            Self::Select => "select",
            Self::Action("enable") => "disable",
            Self::Action(slug) => slug,
            Self::Held(slug) => slug,
        }
    }
}

/// Asks for the focus. The component that has the target gives it the focus, unless something else has it by then.
#[derive(Clone, Copy)]
pub struct Focus {
    requested: RwSignal<Option<FocusTarget>>,
    /// The tokens that stand in for each other, of the last request.
    ids: StoredValue<Vec<String>>,
    /// What asked last.
    reason: StoredValue<Reason>,
}

/// Finds the element of a target.
type FindTarget = Rc<dyn Fn(&FocusTarget) -> Option<HtmlElement>>;

/// Why a target is to have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Something that had the focus is gone.
    Lost,
    /// The list came anew: the window stays where it is.
    Refreshed,
    /// The table is scrolled: a row that has gone out of the document takes the focus with it.
    Scrolled,
}

impl Focus {
    pub fn provide() -> Self {
        let focus = Self { requested: RwSignal::new(None), ids: StoredValue::default(), reason: StoredValue::new(Reason::Lost) };
        provide_context(focus);
        focus
    }

    pub fn request(self, target: FocusTarget) {
        if let FocusTarget::Row { ids, .. } = &target {
            self.ids.set_value(ids.clone());
        }
        self.reason.set_value(Reason::Lost);
        self.requested.set(Some(target));
    }

    /// Before the list comes anew: asks for what has the focus in a row, which may be made anew.
    pub fn hold_for_refresh(self) {
        self.hold(Reason::Refreshed);
    }

    /// Before other rows come into the document: asks for what has the focus in a row, which may be moved in it.
    pub fn hold_for_scroll(self) {
        self.hold(Reason::Scrolled);
    }

    fn hold(self, reason: Reason) {
        let Some(focused) = dom::focus::focused() else { return };
        let control = focused.get_attribute("data-control").map(RowControl::Held);
        let id = focused.closest("[data-token]").ok().flatten().and_then(|row| row.get_attribute("data-token"));
        if let (Some(control), Some(id)) = (control, id) {
            let ids = self.ids.get_value();
            let ids = if ids.contains(&id) { ids } else { vec![id] };
            self.request(FocusTarget::Row { ids, control });
            self.reason.set_value(reason);
        }
    }

    /// Whether the heading takes the focus where a row is not there.
    pub fn falls_back(self) -> bool {
        self.reason.try_get_value() != Some(Reason::Scrolled)
    }

    /// Gives the focus to what `find` finds for a request, once the page has changed. It answers `None` for a target of
    /// another component. What cannot take the focus, such as a disabled button, leaves it to the heading.
    pub fn on_request(self, find: impl Fn(&FocusTarget) -> Option<HtmlElement> + 'static) {
        self.on_request_of_one_type(Rc::new(find));
    }

    fn on_request_of_one_type(self, find: FindTarget) {
        effect(move || {
            let Some(target) = self.requested.get() else { return };
            let find = find.clone();
            request_animation_frame(move || {
                let Some(element) = find(&target).filter(|_| dom::focus::is_lost()) else { return };
                if self.reason.try_get_value() == Some(Reason::Lost) {
                    let _ = element.focus();
                } else {
                    dom::focus::without_scrolling(&element);
                }
                if target != FocusTarget::Heading && dom::focus::is_lost() {
                    self.request(FocusTarget::Heading);
                }
            });
        });
    }
}

/// The control of a row below this element, of the first of these tokens that has a row there. A control that the row has no more,
/// such as *End overlap now*, gives way to *Re-generate Secret*. In a card that is folded it is what opens the card.
pub fn row_control(rows: &Element, ids: &[String], control: &RowControl) -> Option<HtmlElement> {
    let find = |id: &str, slug: &str| -> Option<HtmlElement> {
        let selector = format!("[data-token='{id}'] [data-control='{slug}']");
        rows.query_selector(&selector).ok().flatten()?.dyn_into().ok()
    };
    ids.iter().find_map(|id| {
        let found = find(id, control.slug()).or_else(|| find(id, TokenAction::Regenerate.slug()))?;
        if found.offset_parent().is_some() { Some(found) } else { find(id, "more") }
    })
}
