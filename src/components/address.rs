//! The view in the address bar: a link reproduces it, Back goes to the one before.

use leptos::{ev, prelude::*};

use crate::{browser, models::view::View};

use super::{page_state::PageState, tokens::Tokens};

/// Keeps address and view the same, whichever changes.
pub fn follow_the_address(tokens: Tokens) {
    Effect::new(move |before: Option<View>| {
        let view = tokens.view.get();
        if let Some(before) = before {
            let address = tokens.address(&view.to_query());
            if !browser::is_at(&address) {
                // A word being typed is one step back, not one for each letter.
                let is_typing = !before.filter.search.is_empty() && before.filter.search != view.filter.search;
                browser::show_address(&address, is_typing);
            }
        }
        view
    });
    let back = window_event_listener(ev::popstate, move |_| tokens.view.set(PageState::read(&browser::query()).view));
    on_cleanup(move || back.remove());
}
