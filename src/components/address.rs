//! The view in the address bar: a link reproduces it, Back goes to the one before.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{browser, models::view::View};

use super::{page_state::PageState, tokens::Tokens};

/// Keeps address and view the same, whichever changes. A step of the history costs a browser a third of a frame, so the
/// address is written in a task of its own, before which the view can be painted.
pub fn follow_the_address(tokens: Tokens) {
    let written = StoredValue::new(None::<View>);
    let write = move || {
        let view = tokens.view.get_untracked();
        let address = tokens.address(&view.to_query());
        if !browser::is_at(&address) {
            browser::show_address(&address, written.with_value(|written| is_same_step(written.as_ref(), &view)));
        }
        written.set_value(Some(view));
    };
    Effect::new(move |_| {
        tokens.view.track();
        set_timeout(write, Duration::ZERO);
    });
    let back = window_event_listener(ev::popstate, move |_| tokens.view.set(PageState::read(&browser::query()).view));
    on_cleanup(move || back.remove());
}

/// Whether a view takes the place of the one in the address, for Back to pass both. At first the address holds what a form
/// did or which page it was: said and shown once, not at every reload. Later, a word being typed is one step, not one for
/// each letter.
fn is_same_step(written: Option<&View>, view: &View) -> bool {
    written.is_none_or(|written| !written.filter.search.is_empty() && written.filter.search != view.filter.search)
}
