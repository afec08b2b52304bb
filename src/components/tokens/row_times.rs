//! The times in the rows that change while a row stays: how long ago a token was used, and the end of an overlap, which is in
//! UTC until the page has hydrated.

use leptos::{html, prelude::*};

use crate::{
    components::common::{date_time::local_text, effect::effect, hydrated::use_hydrated},
    dom::elements,
    models::moment,
};

use super::{row_html::TIME, token_list::ProjectTokens};

/// Updates them in place. A new row shows the current ones from the beginning.
pub fn keep_current(body: NodeRef<html::Tbody>) {
    let tokens: ProjectTokens = expect_context();
    let is_local = use_hydrated();
    effect(move || {
        let (now, is_local) = (tokens.now.get(), is_local.get());
        let Some(body) = body.get() else { return };
        for time in elements::below(&body, &format!("[{TIME}]")) {
            let Some(at) = time.get_attribute(TIME).and_then(|at| at.parse().ok()) else { continue };
            let text = if time.tag_name() == "TIME" { local_text(at, is_local) } else { moment::ago(at, now) };
            if time.text_content().as_ref() != Some(&text) {
                time.set_text_content(Some(&text));
            }
        }
    });
}
