//! Client-side navigation: focus and scroll position when the user moves to another page.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use crate::{
    components::common::effect::{effect, on_window},
    dom,
    models::form_answer::FormAnswer,
};

/// The navigation state.
#[derive(Clone, Copy)]
pub struct Navigation {
    /// The path in the address bar.
    path: Memo<String>,
    /// The path of the page whose heading was rendered last. None on the server.
    arrived: StoredValue<Option<String>>,
    /// The heading that is currently in the document.
    heading: StoredValue<Option<NodeRef<html::H1>>>,
    /// The path that Back or Forward navigates to.
    popped: StoredValue<Option<String>>,
    /// The scroll position of each page: path and pixels.
    scrolled: StoredValue<Vec<(String, f64)>>,
}

impl Navigation {
    /// Provides the navigation state to the pages. Call it inside the router, so that the router registers its listeners first.
    pub fn provide() {
        let navigation = Self {
            path: use_location().pathname,
            arrived: StoredValue::default(),
            heading: StoredValue::new(None),
            popped: StoredValue::default(),
            scrolled: StoredValue::default(),
        };
        provide_context(navigation);
        effect(move || navigation.listen());
    }

    fn listen(self) {
        on_window("scroll", move |_| {
            let path = self.path.get_untracked();
            // A page that is still loading has no scroll position yet.
            if self.arrived.with_value(|arrived| arrived.as_ref() == Some(&path)) {
                self.scrolled.update_value(|all| {
                    all.retain(|(other, _)| *other != path);
                    all.push((path, dom::scroll::position()));
                });
            }
        });
        on_window("popstate", move |_| self.popped.set_value(Some(dom::scroll::path())));
        // The browser would restore the scroll position before the page is rendered. On a full reload it does so itself.
        dom::scroll::restore_by_hand(true);
        on_window("pagehide", |_| dom::scroll::restore_by_hand(false));
    }

    /// Focuses the heading of a page that was reached by a link, and sets the scroll position.
    pub fn arrive(self, heading: NodeRef<html::H1>) {
        effect(move || {
            if heading.get().is_none() {
                return;
            }
            self.heading.set_value(Some(heading));
            let path = self.path.get_untracked();
            let before = self.arrived.try_update_value(|arrived| arrived.replace(path.clone())).flatten();
            let Some(before) = before else { return };
            if before == path {
                // The content was rendered again, and the heading with it.
                request_animation_frame(move || {
                    if dom::focus::is_lost() {
                        self.focus();
                    }
                });
                return;
            }
            let scrolled =
                self.scrolled.with_value(|all| all.iter().find(|(other, _)| *other == path).map(|(_, pixels)| *pixels));
            // The page is in the document once its own effects have run. By then its content may have been rendered again, with
            // another heading.
            request_animation_frame(move || {
                // Read `popped` only here. The router's `popstate` listener runs before the one above, and it may render a cached
                // page synchronously.
                let is_back = self.popped.try_update_value(Option::take).flatten().is_some_and(|popped| popped == path);
                let position = scrolled.filter(|_| is_back).unwrap_or_default();
                self.focus();
                dom::scroll::to(0.0);
                if position > 0.0 {
                    // A long list has its full height only after its rows are measured, in this frame.
                    request_animation_frame(move || dom::scroll::to(position));
                }
            });
        });
    }

    fn focus(self) {
        if let Some(heading) = self.heading.get_value().and_then(|heading| heading.try_get_untracked().flatten()) {
            dom::focus::without_scrolling(&heading);
        }
    }
}

/// Whether this is the page that the document was loaded with.
pub fn is_first_page() -> bool {
    use_context::<Navigation>().is_none_or(|navigation| navigation.arrived.with_value(Option::is_none))
}

/// The server's response to a form post, on the page that renders it; empty on a page that was reached by a link.
pub fn use_form_answer() -> FormAnswer {
    use_context::<FormAnswer>().filter(|_| is_first_page()).unwrap_or_default()
}
