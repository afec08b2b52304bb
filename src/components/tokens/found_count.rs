//! The number of tokens that the view shows: displayed at once, announced when the user stops typing.

use std::time::Duration;

use leptos::prelude::*;

use crate::components::common::{effect::effect, text::whole};

use super::{token_list::ProjectTokens, view::TokenView};

/// Shown while the result of the view is not known yet.
pub const LOADING: &str = "Reading the list…";

/// The debounce before a screen reader announces the number.
const SPOKEN_AFTER: Duration = Duration::from_millis(400);

/// Renders the number as text.
#[component]
pub fn FoundCount() -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let shown: TokenView = expect_context();
    // Read `is_loading` first, because the others derive from it: see `RowWindow::positions`.
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
        // The initial text is not announced.
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
