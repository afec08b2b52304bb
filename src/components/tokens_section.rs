//! The part of the page that lives in the browser: the list of tokens and everything done with it.

use leptos::{mount::mount_to, prelude::*};

use crate::browser;

use super::{
    address::follow_the_address,
    attention::Attention,
    bulk_bar::BulkBar,
    dialog::open_dialogs,
    generate_dialog::GenerateButton,
    live_updates::listen,
    notice::Notice,
    shared::shared,
    token_filters::{SEARCH_ID, TokenFilters},
    token_table::TokenTable,
    tokens::{PageData, Tokens},
    virtual_rows::ServerRows,
};

/// The element that carries [`PageData`] to the browser.
pub const DATA_ID: &str = "tokens-data";
/// The element that holds the section, and what a script makes needless.
pub const PLACE_ID: &str = "tokens-place";

/// Puts the living section in the place of the one that the server rendered, which looks the same: see
/// docs/decisions/0002. Does nothing on pages that have none.
pub fn take_over() {
    let (Some(place), Some(data)) = (browser::element(PLACE_ID), browser::read_data::<PageData>(DATA_ID)) else { return };
    let (typed, focused) = (browser::typed_early(SEARCH_ID), browser::focused_id());
    let rows = browser::rows::body()
        .and_then(|rows| Some(ServerRows { height: browser::rows::average_height_in_view(&rows)?, above: -browser::top(&rows) }));
    place.set_inner_html("");
    let mounted = mount_to(place, move || {
        let tokens = Tokens::new(data);
        if let Some(typed) = typed {
            tokens.view.update(|view| typed.trim_start().clone_into(&mut view.filter.search));
        }
        provide_context(tokens);
        if let Some(rows) = rows {
            provide_context(rows);
        }
        open_dialogs(tokens);
        follow_the_address(tokens);
        begin(tokens);
        view! { <TokensSection /> }
    });
    // It lives as long as the page.
    mounted.forget();
    browser::focus_if_lost(&focused.as_deref().into_iter().collect::<Vec<_>>());
    if focused.as_deref() == Some(SEARCH_ID) {
        browser::caret_to_end(SEARCH_ID);
    }
}

/// What starts once the page answers to clicks.
fn begin(tokens: Tokens) {
    Effect::new(move |_| {
        tokens.hydrated.set(true);
        if !tokens.is_complete.get_untracked() {
            tokens.refresh(Vec::new());
        }
        listen(tokens);
    });
    let role = tokens.project.with_untracked(|project| project.role);
    Effect::new(move |_| {
        let is_busy = tokens.dialog.with(Option::is_some) || tokens.revealed.with(Option::is_some);
        // Who is no admin any more, or is one now, has another page.
        if tokens.project.with(|project| project.role) != role && !is_busy {
            browser::reload();
        }
    });
}

/// List and filters. The dialogs are mounted beside it when they open: see [`super::dialog`].
#[component]
pub fn TokensSection() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let csv = shared(move || {
        let query = tokens.view.with(|view| view.to_query());
        tokens.project.with(|project| format!("/projects/{}/registry-tokens.csv?{query}", project.key))
    });
    view! {
        <section
            class="tokens"
            aria-labelledby="tokens-title"
            data-hydrated=shared(move || tokens.hydrated.get().then_some("true"))
            data-complete=shared(move || tokens.is_complete.get().then_some("true"))
        >
            <div class="tokens-head">
                <h2 id="tokens-title" tabindex="-1">"Registry Tokens"</h2>
                <GenerateButton />
            </div>
            <Notice />
            <Attention />
            <TokenFilters />
            <TokenTable />
            <BulkBar />
            <p class="tokens-foot"><a href=csv download="">"Download as CSV"</a></p>
        </section>
    }
}
