//! Which rows are in the document: those in the window and some more on either side.
//!
//! Two bodies of the table stand for the rows that are not; their height is the average row's times so many. What
//! is in view is kept in its place where rows differ in height.

use leptos::{
    ev, html,
    prelude::*,
    task::{spawn_local, tick},
};

use crate::{browser, models::listing::PAGE_ROWS};

use super::tokens::Tokens;

/// So many rows are kept ready on either side.
const SPARE: usize = 6;
/// The first row changes in steps of so many, so that most scroll events change nothing.
const STEP: usize = 4;

/// The first row in the document, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    first: usize,
    count: usize,
}

/// See the module.
#[derive(Clone, Copy)]
pub struct VirtualRows {
    range: RwSignal<Range>,
    /// The height of a row on average, in pixels of CSS.
    height: StoredValue<f64>,
}

impl VirtualRows {
    /// Starts as the server rendered it.
    pub fn new(rows: usize) -> Self {
        Self { range: RwSignal::new(Range { first: 0, count: rows.min(PAGE_ROWS) }), height: StoredValue::new(52.0) }
    }

    /// The part of all rows that is in the document.
    pub fn of<'a>(&self, all: &'a [u32]) -> &'a [u32] {
        let Range { first, count } = self.range.get();
        let first = first.min(all.len().saturating_sub(count));
        &all[first..(first + count).min(all.len())]
    }

    /// The rows that belong in the document when the table's rows begin `above` pixels above the window's top.
    fn around(&self, above: f64, window_height: f64, all: usize) -> Range {
        let height = self.height.get_value().max(1.0);
        let row = |pixels: f64| (pixels / height).max(0.0) as usize;
        let count = row(window_height) + 2 * SPARE + STEP;
        let first = row(above).saturating_sub(SPARE) / STEP * STEP;
        Range { first: first.min(all.saturating_sub(count)), count }
    }
}

/// Changes the rows, and keeps what is in view where it is, and the focus where it was. The browser's own scroll anchoring
/// cannot: leptos takes rows out and in again where some come in front while others go.
pub fn hold_place(change: impl FnOnce()) {
    let place = browser::Place::of_rows();
    change();
    spawn_local(async move {
        // Once for the rows, once for what stands for those left out.
        tick().await;
        tick().await;
        place.hold();
    });
}

/// Moves the rows with the window, and gives the two bodies their heights.
pub fn follow_the_window(tokens: Tokens, rows: VirtualRows, table: NodeRef<html::Table>, spacers: [NodeRef<html::Tbody>; 2]) {
    let [above, below] = spacers;
    let place = move || {
        if let Some(above) = above.get_untracked() {
            let (all, window_height) = (tokens.order.with_untracked(Vec::len), browser::window_height());
            let range = rows.around(-above.get_bounding_client_rect().top(), window_height, all);
            if rows.range.get_untracked() != range {
                hold_place(|| rows.range.set(range));
            }
        }
    };
    // Rows of another width have another height.
    let measure = move || {
        if let Some(table) = table.get_untracked()
            && let Some(average) = browser::average_row_height(&table)
        {
            rows.height.set_value(average);
        }
        place();
    };
    Effect::new(move |_| {
        let (Range { first, count }, all) = (rows.range.get(), tokens.order.with(Vec::len));
        let (Some(above), Some(below), Some(table)) = (above.get(), below.get(), table.get()) else { return };
        let first = first.min(all.saturating_sub(count));
        let pixels = |rows_left_out: usize| rows_left_out as f64 * rows.height.get_value();
        browser::set_height(&above, pixels(first));
        browser::set_height(&below, pixels(all.saturating_sub(first + count)));
        browser::number_rows(&table, first + 2);
    });
    Effect::new(move |_| {
        tokens.hidden_columns.track();
        tokens.is_complete.track();
        measure();
    });
    Effect::new(move |_| {
        tokens.order.track();
        place();
    });
    let scrolled = window_event_listener(ev::scroll, move |_| place());
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{PAGE_ROWS, Range, SPARE, VirtualRows};

    #[test]
    fn the_rows_in_the_document_follow_the_window() {
        Owner::new().with(|| {
            let rows = VirtualRows::new(10_000);
            assert_eq!(rows.range.get_untracked(), Range { first: 0, count: PAGE_ROWS });
            let top = rows.around(-300.0, 520.0, 10_000);
            assert_eq!(top.first, 0);
            let middle = rows.around(52.0 * 5_000.0, 520.0, 10_000);
            assert!(middle.first <= 5_000 - SPARE && middle.first + middle.count >= 5_010 + SPARE, "{middle:?}");
            let end = rows.around(52.0 * 9_999.0, 520.0, 10_000);
            assert_eq!(end.first + end.count, 10_000);
            assert_eq!(rows.around(520.0, 520.0, 3).first, 0);
        });
    }
}
