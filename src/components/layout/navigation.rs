//! Going from page to page without loading the document anew: where the focus goes, and how far the page is scrolled.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use crate::{
    components::common::effect::{effect, on_window},
    dom,
    models::form_answer::FormAnswer,
};

/// Where somebody is in the portal.
#[derive(Clone, Copy)]
pub struct Navigation {
    /// The path in the address bar.
    path: Memo<String>,
    /// The path of the page whose heading was shown last. None on the server.
    arrived: StoredValue<Option<String>>,
    /// The heading that is in the document.
    heading: StoredValue<Option<NodeRef<html::H1>>>,
    /// The path that Back or Forward leads to.
    popped: StoredValue<Option<String>>,
    /// How far each page was scrolled, by path and in pixels.
    scrolled: StoredValue<Vec<(String, f64)>>,
}

impl Navigation {
    /// Provides it to the pages; call it inside the router, whose listeners come first then.
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
            // A page that is on its way has no position yet.
            if self.arrived.with_value(|arrived| arrived.as_ref() == Some(&path)) {
                self.scrolled.update_value(|all| {
                    all.retain(|(other, _)| *other != path);
                    all.push((path, dom::scroll::position()));
                });
            }
        });
        on_window("popstate", move |_| self.popped.set_value(Some(dom::scroll::path())));
        // The browser would restore a position before the page is there; a document that is loaded anew is left to it.
        dom::scroll::restore_by_hand(true);
        on_window("pagehide", |_| dom::scroll::restore_by_hand(false));
    }

    /// Gives the heading of a page that was reached by a link the focus, and the page its place.
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
                // The content came anew, and the heading with it.
                request_animation_frame(move || {
                    if dom::focus::is_lost() {
                        self.focus();
                    }
                });
                return;
            }
            let scrolled =
                self.scrolled.with_value(|all| all.iter().find(|(other, _)| *other == path).map(|(_, pixels)| *pixels));
            // The page stands in the document once its own effects have run. Its content may have come anew by then, with
            // another heading.
            request_animation_frame(move || {
                // Not before: the router's listener is older than this one's, and a page that was seen is shown within it.
                let is_back = self.popped.try_update_value(Option::take).flatten().is_some_and(|popped| popped == path);
                let position = scrolled.filter(|_| is_back).unwrap_or_default();
                self.focus();
                dom::scroll::to(0.0);
                if position > 0.0 {
                    // A long list is as high as it was once its rows are measured, in this frame.
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

/// Whether the page is the one that the document was loaded with.
pub fn is_first_page() -> bool {
    use_context::<Navigation>().is_none_or(|navigation| navigation.arrived.with_value(Option::is_none))
}

/// What a form was answered, on the page that answers it; nothing on a page that was reached by a link.
pub fn use_form_answer() -> FormAnswer {
    use_context::<FormAnswer>().filter(|_| is_first_page()).unwrap_or_default()
}
