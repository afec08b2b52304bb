//! The section of the page that lists the tokens, with attributes for its loading state.

use leptos::{html, prelude::*};

use crate::components::common::hydrated::use_hydrated;

use super::{
    attention::Attention,
    filters::TokenFilters,
    first_steps::FirstSteps,
    focus::{Focus, FocusTarget},
    generate_button::GenerateButton,
    notification_bar::NotificationBar,
    table::TokenTable,
    token_list::ProjectTokens,
};

/// The token list and its controls. `data-hydrated` and `data-complete` tell the style sheet what works yet. `has-none` tells it
/// that there is no token: it then shows the first steps instead.
#[component]
pub fn TokensSection(is_admin: bool) -> impl IntoView {
    let tokens: ProjectTokens = expect_context();
    let heading = NodeRef::<html::H2>::new();
    let focus: Focus = expect_context();
    focus.on_request(move |target| match target {
        FocusTarget::Heading => heading.try_get_untracked().flatten().map(Into::into),
        _ => None,
    });
    let hydrated = use_hydrated();
    view! {
        <section
            class="tokens"
            class:has-none=move || tokens.all() == 0
            aria-labelledby="tokens-title"
            data-hydrated=move || hydrated.get().then_some("true")
            data-complete=move || tokens.is_complete.get().then_some("true")
        >
            <div class="tokens-head">
                <h2 id="tokens-title" tabindex="-1" node_ref=heading>"Registry Tokens"</h2>
                <Attention />
                <GenerateButton />
            </div>
            <NotificationBar />
            <FirstSteps />
            <TokenFilters is_admin />
            <TokenTable is_admin />
        </section>
    }
}
