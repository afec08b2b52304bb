//! The part of the page that lives: the list of tokens and everything done with it. The server renders it whole; in the
//! browser it follows the state, see [`super::take_over`].

use leptos::prelude::*;

use super::{
    attention::Attention,
    bulk_bar::BulkBar,
    follow::{What, follow},
    generate_button::GenerateButton,
    notice::Notice,
    token_filters::TokenFilters,
    token_table::TokenTable,
    tokens::Tokens,
};

/// The section, with how far the browser has come as its attributes.
pub const SECTION_ID: &str = "tokens-section";
const CSV_ID: &str = "tokens-csv";

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
            <Attention />
            <div class="tokens-head">
                <h2 id="tokens-title" tabindex="-1">"Registry Tokens"</h2>
                <GenerateButton />
            </div>
            <Notice />
            <TokenFilters />
            <TokenTable />
            <BulkBar />
            <p class="tokens-foot"><a id=CSV_ID href=csv_address(tokens) download="">"Download as CSV"</a></p>
            {children()}
        </section>
    }
}

/// Keeps how far the browser has come, and the address of the list as a file, as they are.
pub fn follow_the_state(tokens: Tokens) {
    let flag = |is_on: bool| is_on.then(|| "true".to_owned());
    follow(SECTION_ID, What::Attribute("data-hydrated"), move || flag(tokens.hydrated.get()));
    follow(SECTION_ID, What::Attribute("data-complete"), move || flag(tokens.is_complete.get()));
    // A dialog whose code is on its way.
    let waits = move || tokens.deferred.with(Option::is_none) && tokens.dialog.with(Option::is_some);
    follow(SECTION_ID, What::Attribute("aria-busy"), move || flag(waits()));
    follow(CSV_ID, What::Attribute("href"), move || Some(csv_address(tokens)));
}

fn csv_address(tokens: Tokens) -> String {
    let query = tokens.view.with(|view| view.to_query());
    tokens.project.with(|project| format!("/projects/{}/registry-tokens.csv?{query}", project.key))
}
