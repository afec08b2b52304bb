//! The view in the address bar: a link reproduces it, Back goes to the one before.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{browser, models::view::View};

use super::{page_state::PageState, tokens::Tokens};

/// Keeps address and view the same, whichever changes. A step of the history costs a browser a third of a frame, so the
/// address is written in a task of its own, before which the view can be painted.
pub fn follow_the_address(tokens: Tokens) {
    Effect::new(move |before: Option<View>| {
        let view = tokens.view.get();
        let address = tokens.address(&view.to_query());
        // At first, what a form did or which page it was: said and shown once, not at every reload. Later, a word being
        // typed is one step back, not one for each letter.
        let in_place = before.is_none_or(|before| !before.filter.search.is_empty() && before.filter.search != view.filter.search);
        let write = move || {
            // Back may have led elsewhere meanwhile.
            if tokens.address(&tokens.view.with_untracked(View::to_query)) == address && !browser::is_at(&address) {
                browser::show_address(&address, in_place);
            }
        };
        set_timeout(write, Duration::ZERO);
        view
    });
    let back = window_event_listener(ev::popstate, move |_| tokens.view.set(PageState::read(&browser::query()).view));
    on_cleanup(move || back.remove());
}
