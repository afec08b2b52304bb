//! The *Copy* button, and a read-only field with that button; a masked field has *Show* too.

use leptos::{html, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::dom::clipboard;

use super::{hydrated::use_hydrated, scope::PageScope, text::whole};

/// Shown when the clipboard was cleared.
pub const CLEARED: &str = "The clipboard is empty. A clipboard manager may have kept what was in it.";
/// Shown when the browser did not clear the clipboard.
pub const NOT_CLEARED: &str = "This browser did not clear it. Copy something else in its place.";

/// The state of a secret on the page. The component that shows a secret provides it as a context.
#[derive(Clone, Copy, Default)]
pub struct SecretOnPage {
    /// Whether the secret is shown unmasked, everywhere on the page.
    pub is_shown: RwSignal<bool>,
    /// Whether it was copied last, so that the clipboard may still hold it.
    pub is_in_clipboard: RwSignal<bool>,
}

/// The result of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
    Cleared,
    NotCleared,
}

/// The state and settings of one *Copy* button. Contains only handles, so it is cheap to copy.
#[derive(Clone, Copy)]
struct ClipboardState {
    copied: RwSignal<Copied>,
    is_secret: bool,
    secret: Option<SecretOnPage>,
    scope: PageScope,
}

impl ClipboardState {
    /// Tracked.
    fn is(self, copied: Copied) -> bool {
        self.copied.get() == copied
    }

    /// Runs [`copy_text`] and stores the result.
    fn copy(self, block: NodeRef<html::Div>, masked_text: Option<String>, on_copied: Option<Callback<()>>) {
        self.scope.spawn(async move {
            let is_done = copy_text(block, masked_text, self.secret).await;
            let is_gone = self.copied.try_set(if is_done { Copied::Done } else { Copied::Failed }).is_some();
            // The dialog may have been removed before the browser finished.
            if is_gone || !is_done {
                return;
            }
            if let Some(secret) = self.secret {
                secret.is_in_clipboard.set(self.is_secret);
            }
            if let Some(on_copied) = on_copied {
                on_copied.run(());
            }
        });
    }

    fn clear(self) {
        self.scope.spawn(async move {
            let is_done = clipboard::write("").await;
            let is_gone = self.copied.try_set(if is_done { Copied::Cleared } else { Copied::NotCleared }).is_some();
            if let (true, false, Some(secret)) = (is_done, is_gone, self.secret) {
                secret.is_in_clipboard.set(false);
            }
        });
    }

    /// The result as text. Tracked.
    fn result(self, what: &str) -> String {
        match self.copied.get() {
            Copied::NotYet => String::new(),
            Copied::Done if self.is_secret => format!("The {what} is in the clipboard. Clear it when you have pasted it."),
            Copied::Done => format!("The {what} is in the clipboard."),
            Copied::Failed => {
                format!("This browser did not copy it. The {what} is selected: press Ctrl+C, or copy it by hand.")
            }
            Copied::Cleared => CLEARED.to_owned(),
            Copied::NotCleared => NOT_CLEARED.to_owned(),
        }
    }
}

/// A *Copy* button for the first element in `block`, with a line for the result. It is hidden until the page hydrates. `what`
/// completes the button's accessible name.
#[component]
pub fn CopyButton(
    block: NodeRef<html::Div>,
    #[prop(into)] what: String,
    /// Whether the text contains the secret. If so, *Clear clipboard* is offered.
    is_secret: bool,
    /// The text to copy while the element shows a masked secret.
    #[prop(default = None)]
    masked_text: Option<String>,
    /// Whether the button has the initial focus.
    #[prop(default = false)]
    autofocus: bool,
    /// Called after each successful copy.
    #[prop(default = None)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let clipboard =
        ClipboardState { copied: RwSignal::new(Copied::NotYet), is_secret, secret: use_context(), scope: expect_context() };
    let hydrated = use_hydrated();
    let copy = move |_| clipboard.copy(block, masked_text.clone(), on_copied);
    let name = what.clone();
    let label = move || if clipboard.is(Copied::Done) { "Copied" } else { "Copy" }.to_owned();
    let result = move || clipboard.result(&what);
    view! {
        <button class="button copy" type="button" autofocus=autofocus hidden=move || !hydrated.get() on:click=copy>
            <span inner_html=whole(label)></span>
            <span class="hidden">" " {name}</span>
        </button>
        <div class="copy-after">
            <p
                class="copy-result"
                class:copy-failed=move || clipboard.is(Copied::Failed) || clipboard.is(Copied::NotCleared)
                role="status"
                inner_html=whole(result)
            ></p>
            // The button stays after use: if it were removed, the focus would be lost.
            {is_secret.then(|| view! {
                <button
                    class="button"
                    type="button"
                    hidden=move || clipboard.is(Copied::NotYet) || clipboard.is(Copied::Failed)
                    on:click=move |_| clipboard.clear()
                >
                    "Clear clipboard"
                </button>
            }.into_any())}
        </div>
    }
}

/// Copies `masked_text`, or the content of the first element of `block`. If the browser refuses the clipboard API, only visible,
/// selected text can be copied. The secret is therefore unmasked for the copy, and stays unmasked if the user has to copy it by
/// hand.
async fn copy_text(block: NodeRef<html::Div>, masked_text: Option<String>, secret: Option<SecretOnPage>) -> bool {
    let (Some(text), Some(SecretOnPage { is_shown, .. })) = (masked_text, secret) else {
        return copy_first(block).await;
    };
    if clipboard::write(&text).await {
        return true;
    }
    let Some(was_shown) = is_shown.try_get_untracked() else { return false };
    is_shown.try_set(true);
    // After the tick, the text is in the DOM.
    tick().await;
    let done = copy_first(block).await;
    if done {
        is_shown.try_set(was_shown);
    }
    done
}

async fn copy_first(block: NodeRef<html::Div>) -> bool {
    let first = block.try_get_untracked().flatten().and_then(|block| block.first_element_child());
    match first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        Some(element) => clipboard::copy(&element).await,
        None => false,
    }
}

/// A read-only field with a label and *Copy*. A masked field holds the secret; when shown, the secret wraps on a narrow screen.
/// `on_copied` is called after a successful copy.
#[component]
pub fn CopyField(
    id: &'static str,
    label: &'static str,
    what: &'static str,
    value: String,
    #[prop(default = false)] masked: bool,
    /// Whether *Copy* has the initial focus.
    #[prop(default = false)]
    autofocus: bool,
    #[prop(optional)] on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let block = NodeRef::<html::Div>::new();
    let masked_text = masked.then(|| value.clone());
    let field = if masked {
        let shown = expect_context::<SecretOnPage>().is_shown;
        view! {
            {move || {
                let value = value.clone();
                if shown.get() {
                    // A single-line `<input>` cannot wrap.
                    view! { <textarea id=id class="mono" rows="1" readonly spellcheck="false" translate="no">{value}</textarea> }.into_any()
                } else {
                    view! { <Line id value is_masked=true /> }.into_any()
                }
            }}
            <button
                class="button"
                type="button"
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <span inner_html=whole(move || if shown.get() { "Hide" } else { "Show" }.to_owned())></span>
                <span class="hidden">" " {what}</span>
            </button>
        }
        .into_any()
    } else {
        view! { <Line id value is_masked=false /> }.into_any()
    };
    view! {
        <div class="field copy-line">
            <label for=id>{label}</label>
            <div class="copy-field" node_ref=block>
                {field}
                <CopyButton block what is_secret=masked masked_text autofocus on_copied />
            </div>
        </div>
    }
}

/// A read-only single-line field. Its attributes stop password managers from saving or filling it.
#[component]
fn Line(id: &'static str, value: String, is_masked: bool) -> impl IntoView {
    view! {
        <input
            id=id
            class="mono"
            type=if is_masked { "password" } else { "text" }
            readonly
            autocomplete="off"
            spellcheck="false"
            data-1p-ignore="true"
            data-lpignore="true"
            value=value
        />
    }
}
