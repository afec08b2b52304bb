//! Links to other views of the list. They are made once, on the server; where each leads and whether it is on follows the view.

use leptos::{prelude::*, task::spawn_local};

use crate::browser;

/// What changes about a link while the page is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLink {
    pub href: String,
    /// The value of the attribute that says whether it is on.
    pub state: Option<&'static str>,
    /// How many tokens it leads to, where it says so in its last element.
    pub count: Option<u32>,
}

/// Keeps the elements of a selector as these links say, one for each in the same order, from the first change on:
/// `attribute` is set on the element, which is the link or holds it. As in [`super::follow`], what is written waits for what is read.
pub fn follow(selector: &'static str, attribute: &'static str, links: impl Fn() -> Vec<ViewLink> + 'static) {
    Effect::new(move |before: Option<Vec<ViewLink>>| {
        let links = links();
        if let Some(before) = before.filter(|before| *before != links) {
            let now = links.clone();
            spawn_local(async move { write(selector, attribute, &before, &now) });
        }
        links
    });
}

/// Writes what has changed about each link.
fn write(selector: &str, attribute: &str, before: &[ViewLink], now: &[ViewLink]) {
    for (element, (before, now)) in browser::elements(selector).iter().zip(before.iter().zip(now)) {
        if before.state != now.state {
            browser::set_attribute(element, attribute, now.state);
        }
        if before.href != now.href {
            browser::lead_to(element, &now.href);
        }
        if let Some(count) = now.count.filter(|_| before.count != now.count) {
            browser::end_with(element, &count.to_string());
        }
    }
}
