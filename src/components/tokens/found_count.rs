//! How many tokens the view shows: seen at once, spoken when somebody stops typing.

use std::time::Duration;

use leptos::prelude::*;

use crate::components::common::{effect::effect, text::whole};

use super::{token_list::ProjectTokens, view::TokenView};

/// Said while it is not known yet what the view shows.
pub const LOADING: &str = "Reading the list…";

/// A screen reader hears the number this long after the last letter.
const SPOKEN_AFTER: Duration = Duration::from_millis(400);

/// The number, in words.
#[component]
pub fn FoundCount() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    // `is_loading` first, as the others are made from it: see `RowWindow::positions`.
    let found = Memo::new(move |_| match (shown.is_loading.get(), shown.shown.get(), tokens.all()) {
        (true, ..) => LOADING.to_owned(),
        (_, 1, 1) => "1 token".to_owned(),
        (_, shown, all) if shown == all => format!("{all} tokens"),
        (_, shown, all) => format!("{shown} of {all} tokens"),
    });
    let spoken = RwSignal::new(String::new());
    let mut is_later = false;
    effect(move || {
        let text = found.get();
        // What stands there at first is not news.
        if std::mem::replace(&mut is_later, true)
            && let Ok(timer) = set_timeout_with_handle(move || drop(spoken.try_set(text)), SPOKEN_AFTER)
        {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <span class="found" inner_html=whole(move || found.get())></span>
        <span class="hidden" role="status" inner_html=whole(move || spoken.get())></span>
    }
}
