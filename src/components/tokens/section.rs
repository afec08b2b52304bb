//! The part of the page that lists the tokens, and says how far the browser has come with it.

use leptos::{html, prelude::*};

use crate::{components::common::hydrated::use_hydrated, paths};

use super::{
    attention::Attention,
    filters::TokenFilters,
    focus::{Focus, FocusTarget},
    generate_button::GenerateButton,
    notification_bar::NotificationBar,
    table::TokenTable,
    token_list::ProjectTokens,
    view::TokenView,
};

/// The list with everything that is done with it. `data-hydrated` and `data-complete` tell the style sheet what works yet.
#[component]
pub fn TokensSection(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let view: TokenView = expect_context();
    let heading = NodeRef::<html::H2>::new();
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::Heading => heading.try_get_untracked().flatten().map(Into::into),
        _ => None,
    });
    let hydrated = use_hydrated();
    let csv = move || view.view.with(|view| tokens.project.with(|project| paths::tokens_csv(&project.key, &view.to_query())));
    view! {
        <section
            class="tokens"
            aria-labelledby="tokens-title"
            data-hydrated=move || hydrated.get().then_some("true")
            data-complete=move || tokens.is_complete.get().then_some("true")
        >
            <Attention />
            <div class="tokens-head">
                <h2 id="tokens-title" tabindex="-1" node_ref=heading>"Registry Tokens"</h2>
                <GenerateButton />
            </div>
            <NotificationBar />
            <TokenFilters is_admin />
            <TokenTable is_admin />
            <p class="tokens-foot"><a href=csv download="">"Download as CSV"</a></p>
        </section>
    }
}
