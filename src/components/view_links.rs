//! Links to other views of the list. They are made once, on the server; where each leads and whether it is on follows the view.

use leptos::prelude::*;

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
/// `attribute` is set on the element, which is the link or holds it.
pub fn follow(selector: &'static str, attribute: &'static str, links: impl Fn() -> Vec<ViewLink> + 'static) {
    Effect::new(move |before: Option<Vec<ViewLink>>| {
        let links = links();
        if let Some(before) = before.filter(|before| *before != links) {
            for (at, element) in browser::elements(selector).into_iter().enumerate() {
                if let Some(link) = links.get(at).filter(|link| before.get(at) != Some(link)) {
                    browser::set_attribute(&element, attribute, link.state);
                    browser::lead_to(&element, &link.href);
                    if let Some(count) = link.count {
                        browser::end_with(&element, &count.to_string());
                    }
                }
            }
        }
        links
    });
}
