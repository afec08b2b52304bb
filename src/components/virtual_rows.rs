//! Which rows are in the document: those in the window and some more on either side.
//!
//! Two bodies of the table stand for the rows that are not; their height is the average row's times so many. What
//! is in view is kept in its place where rows differ in height.

use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{browser, models::view::View};

use super::tokens::Tokens;

/// Of a row, in pixels of CSS, where there is none to be measured.
const ROW_HEIGHT: f64 = 52.0;
/// So many rows are kept ready on either side.
const SPARE: usize = 6;
/// So many of them where the window is moved before the others have come: rows differ in height.
const AT_LEAST: usize = 2;
/// So many new rows fit a frame. Of more, those in view are made first, and the others by and by.
const AT_ONCE: usize = 11;
/// Of those others so many on either side at a time,
const AT_A_TIME: usize = 1;
/// after so many milliseconds each.
const PAUSE: u32 = 30;
/// A page that was just opened has more to do: there they wait until it changes or is scrolled, or so long.
const REST: Duration = Duration::from_millis(500);

/// The first row in the document, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub first: usize,
    pub count: usize,
}

/// See the module.
#[derive(Clone, Copy)]
pub struct VirtualRows {
    range: RwSignal<Range>,
    /// The height of a row on average, in pixels of CSS.
    height: StoredValue<f64>,
    /// By so many pixels the rows above differ from that: what stands for them is as much higher.
    drift: StoredValue<f64>,
    /// So many rows are ready on either side, of [`SPARE`] in the end.
    spare: StoredValue<usize>,
    /// While the page is printed every row is there.
    is_printed: StoredValue<bool>,
}

impl VirtualRows {
    /// The server's rows, of `height` on average, that begin so many pixels above the window's top: of them those in view.
    fn new(height: f64, above: f64, rows: usize) -> Self {
        let this = Self {
            range: RwSignal::new(Range { first: 0, count: rows }),
            height: StoredValue::new(height),
            drift: StoredValue::new(0.0),
            spare: StoredValue::new(0),
            is_printed: StoredValue::new(false),
        };
        this.range.set(this.around(above, browser::window_height(), rows));
        this
    }

    /// The range that is in the document, of so many rows.
    pub fn range(&self, all: usize) -> Range {
        let Range { first, count } = self.range.get();
        let first = first.min(all.saturating_sub(count));
        Range { first, count: count.min(all - first) }
    }

    /// The rows that belong in the document when the table's rows begin `above` pixels above the window's top.
    fn around(&self, above: f64, window_height: f64, all: usize) -> Range {
        let (height, spare) = (self.height.get_value().max(1.0), self.spare.get_value());
        let row = |pixels: f64| (pixels / height).max(0.0) as usize;
        let first = row(above).saturating_sub(spare);
        let end = row(above + window_height) + 1 + spare;
        let count = end - first;
        Range { first: first.min(all.saturating_sub(count)), count }
    }

    /// Keeps of a range what is in view, when the rows begin `above` pixels above the window's top; the rest follows by and by.
    fn narrow(&self, range: Range, above: f64, all: usize) -> Range {
        self.spare.set_value(0);
        let view = self.around(above - self.drift.get_value(), browser::window_height(), all);
        let first = view.first.clamp(range.first, range.first + range.count);
        let end = (view.first + view.count).clamp(first, range.first + range.count);
        let near = Range { first, count: end - first };
        self.range.update_untracked(|range| *range = near);
        near
    }

    /// Moves the range to the window, if it has left it; the rows begin so many pixels above that.
    fn move_range(&self, scrolled: f64, all: usize) {
        if self.is_printed.get_value() {
            return;
        }
        let window_height = browser::window_height();
        let shown = self.range.get_untracked();
        let mut near = self.around(scrolled - self.drift.get_value(), window_height, all);
        if near.first >= shown.first + shown.count || shown.first >= near.first + near.count {
            self.drift.set_value(0.0);
            near = self.around(scrolled, window_height, all);
        }
        if near != shown {
            self.range.set(near);
        }
    }

    /// Gives the two bodies that stand for the rows left out, of so many in all, their heights: those below are as high on
    /// average as all rows down to the last of `body`, so that the page's end is where it will be when it comes near.
    fn stand_for_the_rest(&self, Range { first, count }: Range, all: usize, [above, body, below]: [&HtmlElement; 3]) {
        let before = self.height_above(first);
        browser::rows::set_height(above, before);
        let left = (all - first - count) as f64;
        // While the list's beginning is shown, nothing needs to be measured.
        let height = if first == 0 || left == 0.0 {
            self.height.get_value()
        } else {
            (before + browser::rows::height(body)) / (first + count) as f64
        };
        browser::rows::set_height(below, left * height);
    }

    /// The height of what stands for the rows above.
    fn height_above(&self, first: usize) -> f64 {
        if first == 0 {
            self.drift.set_value(0.0);
        }
        first as f64 * self.height.get_value() + self.drift.get_value()
    }
}

/// The parts of the table that the script keeps up: the rows, and what stands for those above and below.
#[derive(Clone)]
pub struct TableParts {
    above: HtmlElement,
    rows: HtmlElement,
    below: HtmlElement,
}

impl TableParts {
    /// Of the table with this id.
    pub fn of(id: &str) -> Option<Self> {
        let mut bodies = browser::elements(&format!("#{id} > tbody")).into_iter().filter_map(|body| body.dyn_into().ok());
        Some(Self { above: bodies.next()?, rows: bodies.next()?, below: bodies.next()? })
    }
}

/// Keeps the rows of the document those of the range, and the range the one at the window. `html` makes the rows of a range.
/// At first the server's rows stand there.
///
/// What is in view stays where it is, and the focus where it was, unless another view was asked for. The browser's own scroll
/// anchoring cannot do that: rows are taken out and put in where some come in front while others go.
pub fn follow_the_window(tokens: Tokens, parts: TableParts, html: impl Fn(Range) -> Vec<String> + 'static) {
    let TableParts { above, rows: body, below } = parts.clone();
    let parts = StoredValue::new_local(parts);
    let height = browser::rows::average_height_in_view(&body).unwrap_or(ROW_HEIGHT);
    let rows = VirtualRows::new(height, -browser::top(&body), tokens.order.with_untracked(Vec::len));
    let shown = StoredValue::new_local(Vec::new());
    let is_widening = StoredValue::new(false);
    let place = move || {
        let top = parts.with_value(|parts| browser::top(&parts.above));
        rows.move_range(-top, tokens.order.with_untracked(Vec::len));
    };
    let widen = move || {
        if is_widening.get_value() {
            return;
        }
        is_widening.set_value(true);
        spawn_local(async move {
            while rows.spare.get_value() < SPARE {
                TimeoutFuture::new(PAUSE).await;
                rows.spare.update_value(|spare| *spare += AT_A_TIME);
                place();
            }
            is_widening.set_value(false);
        });
    };
    Effect::new(move |before: Option<(View, usize)>| {
        let all = tokens.order.with(Vec::len);
        // With those that are still on their way.
        let in_all = tokens.shown.get().max(all);
        let mut range = rows.range(all);
        let view = tokens.view.get_untracked();
        let is_same_view = before.as_ref().is_some_and(|(before, _)| *before == view);
        if before.as_ref().is_some_and(|(_, before)| *before < all) {
            // A list that grew reaches further into the window.
            range = rows.around(-browser::top(&above) - rows.drift.get_value(), browser::window_height(), all);
            rows.range.update_untracked(|shown| *shown = range);
        }
        if before.as_ref().is_some_and(|(before, _)| *before != view && before.filter.search == view.filter.search) {
            // Most rows of another view are new; while somebody types, most stay.
            range = rows.narrow(range, -browser::top(&above), all);
        }
        let mut html = html(range);
        let held = browser::rows::Place::of_rows(&above, &body);
        shown.update_value(|shown| {
            if before.is_none() {
                browser::rows::keep_rows(&body, range.first, range.count);
                *shown = html;
                return;
            }
            if !rows.is_printed.get_value() && html.iter().filter(|row| !shown.contains(row)).count() > AT_ONCE {
                let near = rows.narrow(range, -browser::top(&above), all);
                html = html.split_off(near.first - range.first);
                html.truncate(near.count);
                range = near;
            }
            browser::rows::place_rows(&body, shown, &html);
            *shown = html;
        });
        rows.stand_for_the_rest(range, in_all, [&above, &body, &below]);
        if is_same_view {
            let moved = held.moved();
            if range.first == 0 || moved > rows.height_above(range.first) {
                browser::scroll_by(moved);
            } else if moved.abs() >= 1.0 {
                // The room above gives way, so that the window need not: it may be moving.
                rows.drift.update_value(|drift| *drift -= moved);
                rows.stand_for_the_rest(range, in_all, [&above, &body, &below]);
            }
        }
        held.give_focus_back();
        browser::rows::number_rows(&body, range.first + 2);
        tokens.selection.with_untracked(|selection| browser::rows::tick_boxes(&body, |id| selection.contains(id)));
        if before.is_none() {
            set_timeout(widen, REST);
            return (view, all);
        }
        if before.is_some_and(|(_, before)| before != all) {
            // The rows may be of another height than was reckoned with. Only then: the rows just placed must not ask for others.
            browser::after_paint(place);
        }
        widen();
        (view, all)
    });
    Effect::new(move |_| {
        tokens.selection.with(|selection| {
            parts.with_value(|parts| browser::rows::tick_boxes(&parts.rows, |id| selection.contains(id)));
        });
    });
    // Rows of another width have another height.
    let measure = move || {
        if let Some(average) = parts.with_value(|parts| browser::rows::average_row_height(&parts.rows)) {
            rows.height.set_value(average);
        }
        place();
    };
    Effect::new(move |before: Option<()>| {
        tokens.hidden_columns.track();
        if before.is_some() {
            // Once the table shows it.
            browser::after_paint(measure);
        }
    });
    let scrolled = window_event_listener(ev::scroll, move |_| {
        rows.spare.update_value(|spare| *spare = (*spare).max(AT_LEAST));
        place();
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    let printed = window_event_listener_untyped("beforeprint", move |_| {
        rows.is_printed.set_value(true);
        rows.range.set(Range { first: 0, count: tokens.order.with_untracked(Vec::len) });
    });
    let shown_again = window_event_listener_untyped("afterprint", move |_| {
        rows.is_printed.set_value(false);
        place();
    });
    on_cleanup(move || {
        for listener in [scrolled, resized, printed, shown_again] {
            listener.remove();
        }
    });
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{ROW_HEIGHT, Range, SPARE, VirtualRows};

    #[test]
    fn the_rows_in_the_document_follow_the_window() {
        Owner::new().with(|| {
            let rows = VirtualRows {
                range: RwSignal::new(Range { first: 0, count: 50 }),
                height: StoredValue::new(ROW_HEIGHT),
                drift: StoredValue::new(0.0),
                spare: StoredValue::new(SPARE),
                is_printed: StoredValue::new(false),
            };
            let top = rows.around(-300.0, 520.0, 10_000);
            assert_eq!(top.first, 0);
            let middle = rows.around(ROW_HEIGHT * 5_000.0, 520.0, 10_000);
            assert!(middle.first <= 5_000 - SPARE && middle.first + middle.count >= 5_010 + SPARE, "{middle:?}");
            let end = rows.around(ROW_HEIGHT * 9_999.0, 520.0, 10_000);
            assert_eq!(end.first + end.count, 10_000);
            assert_eq!(rows.around(520.0, 520.0, 3).first, 0);
        });
    }
}
