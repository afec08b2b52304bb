//! Virtual scrolling: only the rows in the viewport and an overscan on either side are in the document. All rows have the same
//! height, so two spacer `<tbody>` elements, above and below, replace the others.

use leptos::{html, prelude::*};
use web_sys::{Element, HtmlElement};

use crate::{
    components::common::effect::{effect, on_window},
    dom::scroll,
    models::{hidden_columns::HiddenColumns, listing::PAGE_ROWS, view::View},
};

use super::{focus::Focus, token_list::ProjectTokens, view::TokenView};

/// The overscan in pixels, rendered after the rows in the viewport are painted.
const OVERSCAN: f64 = 320.0;

/// The height of the sticky headings at the top of the viewport, in pixels.
const HEADINGS: f64 = 48.0;

/// The minimum number of rows in the document, however small the viewport is and however far below it the table begins.
const MIN_ROWS: usize = 8;

/// The range of rows in the document, as places in the view's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    first: usize,
    count: usize,
}

/// The viewport, relative to the table.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Viewport {
    /// The distance from the top of the table's first row down to the top of the viewport, in pixels.
    above: f64,
    height: f64,
    /// The measured height of each row, in pixels.
    row: f64,
}

impl Viewport {
    /// The rows of `all` that are in the viewport, plus the overscan once those are painted.
    fn range(self, all: usize, is_painted: bool) -> Range {
        let row = |pixels: f64| (pixels / self.row).max(0.0) as usize;
        let (overscan, fewest) = if is_painted { (OVERSCAN, MIN_ROWS) } else { (0.0, 1) };
        let end = (row(self.above + self.height + overscan) + 1).max(fewest).min(all);
        let first = row(self.above - overscan).min(end.saturating_sub(fewest));
        Range { first, count: end - first }
    }
}

/// The rendered part of the table, and the `<tbody>` elements that it controls.
#[derive(Clone, Copy)]
pub struct RowWindow {
    view: TokenView,
    tokens: ProjectTokens,
    range: Memo<Range>,
    /// `None` until the page has hydrated: until then the rows are those that the server rendered.
    viewport: RwSignal<Option<Viewport>>,
    pub above: NodeRef<html::Tbody>,
    pub body: NodeRef<html::Tbody>,
    pub below: NodeRef<html::Tbody>,
}

impl RowWindow {
    /// Creates it for the calling table component.
    pub fn of_table() -> Self {
        let view: TokenView = expect_context();
        let viewport = RwSignal::new(None::<Viewport>);
        let is_printed = RwSignal::new(false);
        let painted = RwSignal::new(view.view.get_untracked());
        let range = Memo::new(move |_| {
            let all = view.order.with(Vec::len);
            let is_painted = view.view.with(|view| painted.with(|painted| painted == view));
            match viewport.get() {
                _ if is_printed.get() => Range { first: 0, count: all },
                Some(viewport) => viewport.range(all, is_painted),
                None => Range { first: 0, count: all.min(PAGE_ROWS) },
            }
        });
        let (above, body, below) = (NodeRef::new(), NodeRef::new(), NodeRef::new());
        let window = Self { view, tokens: expect_context(), range, viewport, above, body, below };
        effect(move || window.fill_spacers());
        let mut before = None;
        effect(move || before = Some(window.keep_place(before.take())));
        effect(move || window.listen(is_printed));
        // The frame that shows another view renders only the rows in the viewport; the overscan follows in the next frame.
        effect(move || {
            let view = view.view.get();
            request_animation_frame(move || request_animation_frame(move || drop(painted.try_set(view))));
        });
        window
    }

    /// The positions in the list of the rows in the document; tracked.
    pub fn positions(self) -> Vec<u32> {
        // Read the order before the range, which derives from it: docs/decisions/0005 explains why.
        self.view.order.with(|order| {
            let Range { first, count } = self.range.get();
            order.iter().skip(first).take(count).copied().collect()
        })
    }

    /// The number of rows above those in the document; tracked.
    pub fn first(self) -> usize {
        self.range.get().first
    }

    fn listen(self, is_printed: RwSignal<bool>) {
        let hidden: RwSignal<HiddenColumns> = expect_context();
        let is_empty = Memo::new(move |_| self.view.order.with(Vec::is_empty));
        // Rows with one line or with fewer columns have another height. Rows of a list that was empty have not been measured.
        effect(move || {
            hidden.track();
            is_empty.track();
            request_animation_frame(move || self.measure());
        });
        let focus: Focus = expect_context();
        on_window("scroll", move |_| {
            // Rows inserted before others may move those in the document, which drops the focus.
            focus.hold_for_scroll();
            self.place();
        });
        on_window("resize", move |_| self.measure());
        on_window("beforeprint", move |_| is_printed.set(true));
        on_window("afterprint", move |_| is_printed.set(false));
        self.measure();
    }

    /// Measures the height of a row and the viewport.
    fn measure(self) {
        let Some(body) = self.body.try_get_untracked().flatten() else { return };
        let rows = f64::from(body.child_element_count());
        if rows > 0.0 {
            let row = body.get_bounding_client_rect().height() / rows;
            if row > 0.0 {
                self.viewport.update(|viewport| *viewport = Some(Viewport { row, above: 0.0, height: 0.0 }));
            }
        }
        self.place();
    }

    /// Updates the viewport from the scroll position.
    fn place(self) {
        let Some(above) = self.above.try_get_untracked().flatten() else { return };
        let top = above.get_bounding_client_rect().top();
        self.viewport.update(|viewport| {
            if let Some(viewport) = viewport {
                (viewport.above, viewport.height) = (-top, scroll::window_height());
            }
        });
    }

    /// The place of the first row that is completely visible below the headings.
    pub fn first_in_view(self) -> usize {
        let above = |viewport: Viewport| ((viewport.above + HEADINGS) / viewport.row).ceil().max(0.0) as usize;
        self.viewport.get_untracked().map_or(0, above)
    }

    /// The row at this place. If it is not in the document, this scrolls to it, and the row is there in the next frame.
    pub fn reveal(self, place: usize) -> Option<Element> {
        let row = self.row_at(place);
        if row.is_none()
            && let Some(Viewport { row, above, height }) = self.viewport.get_untracked()
        {
            scroll::by(place as f64 * row - above - height / 2.0);
            self.place();
        }
        row
    }

    /// The row at this place, if it is in the document.
    pub fn row_at(self, place: usize) -> Option<Element> {
        let child = place.checked_sub(self.range.try_get_untracked()?.first)?;
        self.body.try_get_untracked().flatten()?.children().item(u32::try_from(child).ok()?)
    }

    /// The place of the view's last row.
    pub fn last(self) -> usize {
        self.view.order.with_untracked(Vec::len).saturating_sub(1)
    }

    /// Sets the heights of the spacers that replace the other rows.
    fn fill_spacers(self) {
        let Some(Viewport { row, .. }) = self.viewport.get() else { return };
        let Range { first, count } = self.range.get();
        // Including the rows that are not loaded yet.
        let all = self.view.shown.get().max(first + count);
        for (spacer, rows) in [(self.above, first), (self.below, all - first - count)] {
            if let Some(spacer) = spacer.get() {
                let _ = HtmlElement::style(&spacer).set_property("height", &format!("{}px", (rows as f64 * row) as u64));
            }
        }
    }

    /// Keeps the visible rows at their place when rows are inserted or removed before them, unless the view changed.
    fn keep_place(self, before: Option<(View, Option<(String, usize)>)>) -> (View, Option<(String, usize)>) {
        let (list, order) = (self.tokens.list.get(), self.view.order.get());
        let view = self.view.view.get_untracked();
        let Some(Viewport { row, above, .. }) = self.viewport.get() else { return (view, None) };
        if let Some((before, Some((id, place)))) = before
            && before == view
            && let Some(now) = order.iter().position(|at| list.tokens.get(*at as usize).is_some_and(|token| token.id() == id))
            && now != place
        {
            scroll::by((now as f64 - place as f64) * row);
        }
        // While the beginning of the list is visible, new rows at the top must stay visible.
        let top = (above > 0.0).then(|| (above / row).ceil() as usize);
        let id = |place: usize| list.tokens.get(*order.get(place)? as usize).map(|token| token.id().to_owned());
        (view, top.and_then(|place| Some((id(place)?, place))))
    }
}

#[cfg(test)]
mod tests {
    use super::{MIN_ROWS, OVERSCAN, Range, Viewport};

    #[test]
    fn the_rows_in_the_document_follow_the_window() {
        let at = |above| Viewport { above, height: 440.0, row: 44.0 };
        assert_eq!(at(-300.0).range(10_000, true).first, 0);
        let Range { first, count } = at(44.0 * 5_000.0).range(10_000, true);
        let spare = (OVERSCAN / 44.0) as usize;
        assert!(first <= 5_000 - spare && first + count >= 5_010 + spare, "{first} {count}");
        let Range { first, count } = at(44.0 * 9_999.0).range(10_000, true);
        assert!(first + count == 10_000 && count >= MIN_ROWS, "{first} {count}");
        assert_eq!(at(-300.0).range(10_000, true), Range { first: 0, count: 11 }, "140 px of the window, and what is near");
        assert_eq!(at(-5_000.0).range(10_000, true), Range { first: 0, count: MIN_ROWS }, "far below the window");
        assert_eq!(at(520.0).range(3, true), Range { first: 0, count: 3 });
        assert_eq!(at(-300.0).range(10_000, false), Range { first: 0, count: 4 }, "140 px of the window");
        assert_eq!(at(44.0 * 5_000.0).range(10_000, false), Range { first: 5_000, count: 11 });
    }
}
