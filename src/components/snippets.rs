//! The snippets to paste into each tool. The tabs are radio buttons, so that they work without JavaScript.

use leptos::{html, prelude::*};

use crate::components::common::copy_field::{CopyButton, SecretOnPage};

use crate::models::snippets::{Snippet, Tool};

/// One tab per tool; the first is open.
#[component]
pub fn SnippetList(
    tools: Vec<Tool>,
    /// Whether each snippet has a *Copy* button. Set it only on pages that hydrate.
    #[prop(default = false)]
    copyable: bool,
) -> impl IntoView {
    view! {
        <fieldset class="tabs">
            <legend class="hidden">"Tool"</legend>
            {tools.into_iter().enumerate().map(|(at, Tool { name, snippets })| view! {
                <label class="tab"><input type="radio" name="tool" checked={at == 0} /><span translate="no">{name}</span></label>
                <div class="tab-panel">
                    {snippets.into_iter().map(|snippet| view! { <SnippetText snippet copyable /> }.into_any()).collect_view()}
                </div>
            }.into_any()).collect_view()}
        </fieldset>
    }
}

/// Masks the secret in the snippet if the page masks its secret. Otherwise the secret is readable.
#[component]
fn SnippetText(snippet: Snippet, copyable: bool) -> impl IntoView {
    let block = NodeRef::<html::Div>::new();
    let masked = snippet.masked();
    let Snippet { what, text, hint, secret } = snippet;
    let is_secret = secret.is_some();
    let on_page = secret.and_then(|_| use_context::<SecretOnPage>());
    let masked_text = on_page.map(|_| text.clone());
    let code = Signal::derive(move || match on_page {
        Some(secret) if !secret.is_shown.get() => masked.clone(),
        _ => text.clone(),
    });
    view! {
        <p class="hint">{hint}{on_page.map(|_| " It is masked and shown with the secret above; Copy takes the real text.")}</p>
        <div class="copy-field snippet-block" node_ref=block>
            <pre class="snippet" translate="no"><code>{code}</code></pre>
            {copyable.then(|| view! { <CopyButton block what is_secret masked_text /> }.into_any())}
        </div>
    }
}
