//! Restores the focus when the focused element is gone: a row was deleted or rendered again, or a dialog closed.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{components::common::effect::effect, dom, models::token_action::TokenAction};

/// What is to receive the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FocusTarget {
    /// The heading of the list.
    Heading,
    GenerateButton,
    Search,
    /// The *Filter* button.
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
    /// The control that had the focus, by the value of its `data-control` attribute.
    Held(String),
}

impl RowControl {
    /// The value of the `data-control` attribute. Disable and Enable are one button, which changes after the action.
    pub fn slug(&self) -> &str {
        match self {
            Self::Select => "select",
            Self::Action("enable") => "disable",
            Self::Action(slug) => slug,
            Self::Held(slug) => slug,
        }
    }
}

/// Requests the focus. The component that owns the target focuses it, unless another element has the focus by then.
#[derive(Clone, Copy)]
pub struct Focus {
    requested: RwSignal<Option<FocusTarget>>,
    /// The token ids of the last request; the ids are alternatives.
    ids: StoredValue<Vec<String>>,
    /// The reason of the last request.
    reason: StoredValue<Reason>,
}

/// Finds the element of a target.
type FindTarget = Rc<dyn Fn(&FocusTarget) -> Option<HtmlElement>>;

/// Why the focus is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// The focused element is gone.
    Lost,
    /// The list was fetched again: the scroll position must not change.
    Refreshed,
    /// The table is scrolled: a row that leaves the document loses the focus.
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

    /// Requests the focused control of a row again. Call it before the list is replaced, which may render the row again.
    pub fn hold_for_refresh(self) {
        self.hold(Reason::Refreshed);
    }

    /// Requests the focused control of a row again. Call it before other rows enter the document, which may move the row.
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

    /// Whether the heading receives the focus if the row is not in the document.
    pub fn falls_back(self) -> bool {
        self.reason.try_get_value() != Some(Reason::Scrolled)
    }

    /// Focuses the element that `find` returns for a request, once the page has changed. `find` returns `None` for a target of
    /// another component. If the element cannot take the focus, such as a disabled button, the heading receives it.
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

/// Finds the control in the row of the first of these tokens that has a row below this element. If the row no longer has the
/// control, such as *End overlap now*, it finds *Re-generate Secret*. In a folded card it finds the control that opens the card.
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
