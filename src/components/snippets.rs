//! What to paste into each tool: tabs that are radio buttons, so that they work without a script.

use leptos::{html, prelude::*};

use crate::components::common::copy_field::CopyButton;

use crate::models::snippets::{Snippet, Tool};

/// A tab for each tool, the first one open.
#[component]
pub fn SnippetList(
    tools: Vec<Tool>,
    /// Whether each text has its *Copy*: only where a script runs.
    #[prop(default = false)]
    copyable: bool,
) -> impl IntoView {
    view! {
        <fieldset class="tabs">
            <legend class="hidden">"Tool"</legend>
            {tools.into_iter().enumerate().map(|(at, Tool { name, snippets })| view! {
                <label class="tab"><input type="radio" name="tool" checked={at == 0} />{name}</label>
                <div class="tab-panel">
                    {snippets.into_iter().map(|snippet| view! { <SnippetText snippet copyable /> }).collect_view()}
                </div>
            }).collect_view()}
        </fieldset>
    }
}

#[component]
fn SnippetText(snippet: Snippet, copyable: bool) -> impl IntoView {
    let Snippet { what, text, hint, holds_secret } = snippet;
    let block = NodeRef::<html::Div>::new();
    view! {
        <div class="copy-field" node_ref=block>
            <pre class="snippet"><code>{text}</code></pre>
            {copyable.then(|| view! { <CopyButton block what is_secret=holds_secret /> })}
        </div>
        <p class="hint">{hint}</p>
    }
}
