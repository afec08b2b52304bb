//! What the server rendered follows the state: an element with an id, and an effect for one thing about it. Nothing is
//! made anew in the browser, so nothing moves and nothing typed is lost when the script takes over.
//!
//! What is written waits until every effect has run: one that measures the page then finds it laid out.

use leptos::{prelude::*, task::spawn_local};

use crate::browser;

/// What about an element follows.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// What stands in it, as HTML.
    Html,
    /// What stands in it, as text.
    Text,
    /// What is typed into it or picked.
    Value,
    /// An attribute; without a value it is taken away.
    Attribute(&'static str),
    /// A class, on while there is a value.
    Class(&'static str),
}

/// Keeps it as `now` says, from its first change on: until then it is as the server rendered it.
pub fn follow(id: &'static str, what: What, now: impl Fn() -> Option<String> + 'static) {
    // Boxed, so that the code of the effect is there once.
    follow_boxed(id, what, Box::new(now));
}

fn follow_boxed(id: &'static str, what: What, now: Box<dyn Fn() -> Option<String>>) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = now();
        if before.is_some_and(|before| before != now) {
            let now = now.clone();
            spawn_local(async move { write(id, what, now) });
        }
        now
    });
}

fn write(id: &str, what: What, now: Option<String>) {
    let Some(element) = browser::element(id) else { return };
    let text = now.as_deref().unwrap_or_default();
    match what {
        What::Html => element.set_inner_html(text),
        What::Text => element.set_text_content(Some(text)),
        What::Value => browser::set_value(&element, text),
        What::Attribute(name) => browser::set_attribute(&element, name, now.as_deref()),
        What::Class(name) => browser::set_class(&element, name, now.is_some()),
    }
}
