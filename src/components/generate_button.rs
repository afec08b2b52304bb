//! *Generate Token*, the button: opens the dialog, and says why not where it cannot.

use leptos::prelude::*;

use super::{
    follow::{What, follow},
    icon::{Icon, IconImage},
    tokens::Tokens,
};

/// The button has the focus when the dialog has gone.
pub const ID: &str = "generate-token";
const REFUSAL_ID: &str = "generate-refusal";

/// The button. Without a script it asks for the page with the dialog open.
#[component]
pub fn GenerateButton() -> impl IntoView {
    let tokens: Tokens = expect_context();
    let refusal = refusal(tokens);
    view! {
        <div class="generate">
            <span id=REFUSAL_ID class="quiet" hidden=refusal.is_none()>{refusal.unwrap_or_default()}</span>
            <button
                id=ID
                class="button button-primary"
                type="submit"
                form="open-dialog"
                name="dialog"
                value="generate"
                data-do="open"
                disabled=refusal.is_some()
                aria-describedby=refusal.map(|_| REFUSAL_ID)
            >
                <IconImage icon=Icon::Plus />
                "Generate Token"
            </button>
        </div>
    }
}

/// Keeps it as the project is.
pub fn follow_the_project(tokens: Tokens) {
    follow(REFUSAL_ID, What::Attribute("hidden"), move || refusal(tokens).is_none().then(String::new));
    follow(REFUSAL_ID, What::Text, move || refusal(tokens).map(str::to_owned));
    follow(ID, What::Attribute("disabled"), move || refusal(tokens).map(|_| String::new()));
    follow(ID, What::Attribute("aria-describedby"), move || refusal(tokens).map(|_| REFUSAL_ID.to_owned()));
}

fn refusal(tokens: Tokens) -> Option<&'static str> {
    tokens.project.with(|project| project.generate_refusal())
}
