//! Keyboard navigation. A row is one Tab stop; the arrow keys move along it and between rows. Single letters are shortcuts, which
//! can be switched off (WCAG 2.1.4). One event listener serves all rows.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::{
    components::common::effect::{effect, on_window},
    dom::{self, elements},
    models::hidden_columns::{HiddenColumns, SHORTCUTS},
};

use super::{
    columns_menu::show,
    focus::{Focus, FocusTarget},
    token_list::ProjectTokens,
    window::RowWindow,
};

/// The id of the element after the table, the target of the skip link.
pub const TABLE_END: &str = "table-end";

/// What can receive the focus in a row.
const CONTROLS: &str = "a, button, input, summary";

/// All but the first control of the headings and of each server-rendered row: without JavaScript each of them is a Tab stop.
const REST: &str = "tr > :not(:first-child) :is(a, button, summary)";

/// Elements that use letter keys themselves.
const TAKES_LETTERS: &str = "select, textarea, input:not(.tokens-table input)";

/// The button and the list of keys that it opens, up to the attributes of the checkbox.
const KEYS: &str = r#"<button class="button button-quiet" type="button" popovertarget="keys">Keyboard shortcuts</button>
<div id="keys" class="modal" popover role="dialog" aria-labelledby="keys-title">
<h2 id="keys-title">Keyboard shortcuts</h2><dl class="keys">
<div><dt><kbd>/</kbd></dt><dd>Search</dd></div>
<div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>Next token, previous token</dd></div>
<div><dt><kbd>x</kbd></dt><dd>Select the token, or no longer</dd></div>
<div><dt><kbd>?</kbd></dt><dd>This list</dd></div>
<div><dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>Between rows</dd></div>
<div><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>Along a row</dd></div>
<div><dt><kbd>Home</kbd> <kbd>End</kbd></dt><dd>First row, last row</dd></div>
</dl><div class="modal-actions"><label class="tick"><input type="checkbox""#;

/// The HTML after the checkbox's attributes.
const KEYS_END: &str = r#">Single letters are shortcuts</label>
<button class="button" type="button" popovertarget="keys" popovertargetaction="hide" autofocus>Close</button></div></div>"#;

/// The end of the table: a button that lists the keys, with a checkbox for the letter shortcuts. It also registers the keyboard
/// listener.
#[component]
pub fn KeyboardHelp(window: RowWindow, table: NodeRef<html::Table>) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let hidden: RwSignal<HiddenColumns> = expect_context();
    let end = NodeRef::<html::Div>::new();
    let keys = Keys { window, table, end, hidden, focus: expect_context() };
    effect(move || on_window("keydown", move |event| keys.press(event)));
    // Until the list is complete every control stays a Tab stop, because the first control of the headings is not shown yet.
    effect(move || {
        if tokens.is_complete.get()
            && let Some(table) = table.get()
        {
            for control in elements::below(&table, REST) {
                let _ = control.set_attribute("tabindex", "-1");
            }
        }
    });
    let checked = if keys.has_letters() { " checked" } else { "" };
    let switch = move |event: Event| show(hidden, SHORTCUTS, event_target_checked(&event));
    view! {
        <div
            class="table-end"
            id=TABLE_END
            tabindex="-1"
            node_ref=end
            on:change=switch
            inner_html=[KEYS, checked, KEYS_END].concat()
        ></div>
    }
}

#[derive(Clone, Copy)]
struct Keys {
    window: RowWindow,
    table: NodeRef<html::Table>,
    end: NodeRef<html::Div>,
    hidden: RwSignal<HiddenColumns>,
    focus: Focus,
}

impl Keys {
    fn has_letters(self) -> bool {
        self.hidden.with_untracked(|hidden| !hidden.hides(SHORTCUTS))
    }

    fn press(self, event: Event) {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let focused = dom::focus::focused();
        let row = focused.as_ref().and_then(|focused| focused.closest(".tokens-table tr").ok().flatten());
        let is_done = match (&focused, &row) {
            (Some(focused), Some(row)) => self.go(&key, focused, row),
            _ => false,
        };
        if is_done || self.takes_letters(focused.as_ref()) && self.letter(&key, focused.as_ref(), row.as_ref()) {
            event.prevent_default();
        }
    }

    /// Handles a navigation key in the table; false for any other key.
    fn go(self, key: &str, focused: &Element, row: &Element) -> bool {
        match key {
            "ArrowLeft" => along(row, focused, -1),
            "ArrowRight" => along(row, focused, 1),
            "ArrowUp" => self.enter(place(row) - 1, Some(focused)),
            "ArrowDown" => self.enter(place(row) + 1, Some(focused)),
            "Home" => {
                dom::scroll::to(0.0);
                self.enter(0, Some(focused));
            }
            "End" => self.enter(i32::MAX, Some(focused)),
            _ => return false,
        }
        true
    }

    /// Handles a letter shortcut; false for any other key.
    fn letter(self, key: &str, focused: Option<&Element>, row: Option<&Element>) -> bool {
        match (key, row) {
            ("j", Some(row)) => self.enter(place(row) + 1, focused),
            ("k", Some(row)) => self.enter(place(row) - 1, focused),
            ("j" | "k", None) => self.enter(self.window.first_in_view() as i32, None),
            ("x", Some(row)) => elements::below(row, "input").iter().for_each(HtmlElement::click),
            ("/", _) => {
                // A focus request is served only while nothing has the focus.
                if let Some(focused) = focused.and_then(|focused| focused.dyn_ref::<HtmlElement>()) {
                    let _ = focused.blur();
                }
                self.focus.request(FocusTarget::Search);
            }
            ("?", _) => {
                if let Some(end) = self.end.get_untracked() {
                    elements::below(&end, "button").first().into_iter().for_each(HtmlElement::click);
                }
            }
            _ => return false,
        }
        true
    }

    /// Whether letters are shortcuts now: no text field has the focus, and no dialog or popover is open.
    fn takes_letters(self, focused: Option<&Element>) -> bool {
        let is_field = focused.is_some_and(|focused| focused.matches(TAKES_LETTERS) != Ok(false));
        let is_covered = document().query_selector("dialog[open], :popover-open").is_ok_and(|open| open.is_some());
        !is_field && !is_covered && self.has_letters()
    }

    /// Focuses the same control in the row at this place, or its first control. Place -1 is the headings.
    fn enter(self, place: i32, focused: Option<&Element>) {
        let slug = focused.and_then(|focused| focused.get_attribute("data-control")).unwrap_or_default();
        let row = match usize::try_from(place) {
            Ok(place) => {
                let place = place.min(self.window.last());
                let row = self.window.reveal(place);
                if row.is_none() {
                    request_animation_frame(move || take_focus(self.window.row_at(place), &slug));
                    return;
                }
                row
            }
            Err(_) => self.table.get_untracked().and_then(|table| table.query_selector("thead tr").ok().flatten()),
        };
        take_focus(row, &slug);
    }
}

/// A row's place in the table, from 0; -1 for the headings.
fn place(row: &Element) -> i32 {
    row.get_attribute("aria-rowindex").and_then(|index| index.parse::<i32>().ok()).unwrap_or_default() - 2
}

/// Focuses the control with this slug in the row, or the first control that can receive the focus.
fn take_focus(row: Option<Element>, slug: &str) {
    let Some(row) = row else { return };
    let same = format!("[data-control='{slug}']");
    for selector in [same.as_str(), CONTROLS] {
        if elements::below(&row, selector).iter().any(takes_focus) {
            return;
        }
    }
}

/// Focuses the next control of the row that can receive the focus, or the previous one if `step` is -1.
fn along(row: &Element, focused: &Element, step: isize) {
    let controls = elements::below(row, CONTROLS);
    let mut at = controls.iter().position(|control| control.is_same_node(Some(focused)));
    while let Some(next) = at.and_then(|at| at.checked_add_signed(step)) {
        if controls.get(next).is_none_or(takes_focus) {
            return;
        }
        at = Some(next);
    }
}

/// Tries to focus the control. Returns false if it is hidden or disabled.
fn takes_focus(control: &HtmlElement) -> bool {
    let _ = control.focus();
    dom::focus::focused().is_some_and(|focused| focused.is_same_node(Some(control)))
}
