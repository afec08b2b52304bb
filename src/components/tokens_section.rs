//! The part of the page that lives in the browser: the list of tokens and everything done with it. The server renders it
//! whole; the browser takes it over part by part, see [`super::take_over`].

use leptos::prelude::*;

use super::{
    attention::Attention, bulk_bar::BulkBar, generate_dialog::GenerateButton, notice::Notice, shared::shared,
    token_filters::TokenFilters, token_table::TokenTable, tokens::Tokens,
};

/// The section, with how far the browser has come as its attributes.
pub const SECTION_ID: &str = "tokens-section";
/// Heading, what happened, what needs attention.
pub const HEAD_PART: &str = "tokens-part-head";
/// Search and filters.
pub const FILTERS_PART: &str = "tokens-part-filters";
/// The rows.
pub const TABLE_PART: &str = "tokens-part-table";
/// What can be done with those chosen; what only stands there without a script.
pub const FOOT_PART: &str = "tokens-part-foot";

/// List and filters; the children where no script runs. The dialogs are mounted beside it when they open: see
/// [`super::dialog`].
#[component]
pub fn TokensSection(children: Children) -> impl IntoView {
    let tokens: Tokens = expect_context();
    view! {
        <section
            id=SECTION_ID
            class="tokens"
            aria-labelledby="tokens-title"
            data-complete=tokens.is_complete.get_untracked().then_some("true")
        >
            <div id=HEAD_PART class="part"><TokensHead /></div>
            <div id=FILTERS_PART class="part"><TokenFilters /></div>
            <div id=TABLE_PART class="part"><TokenTable /></div>
            <div id=FOOT_PART class="part"><TokensFoot />{children()}</div>
        </section>
    }
}

/// See [`HEAD_PART`].
#[component]
pub fn TokensHead() -> impl IntoView {
    view! {
        <div class="tokens-head">
            <h2 id="tokens-title" tabindex="-1">"Registry Tokens"</h2>
            <GenerateButton />
        </div>
        <Notice />
        <Attention />
    }
}

/// See [`FOOT_PART`].
#[component]
pub fn TokensFoot() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let csv = shared(move || {
        let query = tokens.view.with(|view| view.to_query());
        tokens.project.with(|project| format!("/projects/{}/registry-tokens.csv?{query}", project.key))
    });
    view! {
        <BulkBar />
        <p class="tokens-foot"><a href=csv download="">"Download as CSV"</a></p>
    }
}
