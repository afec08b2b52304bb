//! The view in the address bar: a link reproduces it, Back goes to the one before.

use leptos::{ev, prelude::*};

use crate::{browser, models::view::View};

use super::{page_state::PageState, tokens::Tokens};

/// Keeps address and view the same, whichever changes.
pub fn follow_the_address(tokens: Tokens) {
    Effect::new(move |before: Option<View>| {
        let view = tokens.view.get();
        let address = tokens.address(&view.to_query());
        if !browser::is_at(&address) {
            // At first, what a form did or which page it was: said and shown once, not at every reload. Later, a word being
            // typed is one step back, not one for each letter.
            let in_place =
                before.is_none_or(|before| !before.filter.search.is_empty() && before.filter.search != view.filter.search);
            browser::show_address(&address, in_place);
        }
        view
    });
    let back = window_event_listener(ev::popstate, move |_| tokens.view.set(PageState::read(&browser::query()).view));
    on_cleanup(move || back.remove());
}
