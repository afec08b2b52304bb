//! The list follows what others change: the server says that something did, and the list is fetched anew.

use leptos::prelude::*;

use crate::browser;

use super::tokens::Tokens;

/// Listens while the page is in view. A hidden page holds no connection: a browser has few for a host.
pub fn listen(tokens: Tokens) {
    browser::listen(
        move || {
            let revision = tokens.revision.get_untracked();
            tokens.project.with_untracked(|project| format!("/projects/{}/registry-tokens/events?since={revision}", project.key))
        },
        move |revision| {
            // What this page did itself it has fetched already.
            if revision != tokens.revision.get_untracked() {
                tokens.refresh(Vec::new());
            }
        },
    );
}
