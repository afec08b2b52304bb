//! *Copy*, and a read-only field with it beside; *Show* where the field is masked.

use leptos::{html, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::dom::clipboard;

use super::{hydrated::use_hydrated, scope::PageScope, text::whole};

/// Said of a clipboard that was cleared,
pub const CLEARED: &str = "The clipboard is empty. A clipboard manager may have kept what was in it.";
/// and of one that was not.
pub const NOT_CLEARED: &str = "This browser did not clear it. Copy something else in its place.";

/// The state of a secret that is on the page. Whoever shows one provides it.
#[derive(Clone, Copy, Default)]
pub struct SecretOnPage {
    /// Whether it stands there in clear, in every form that it has there.
    pub is_shown: RwSignal<bool>,
    /// Whether it was copied last, so that the clipboard may hold it.
    pub is_in_clipboard: RwSignal<bool>,
}

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
    Cleared,
    NotCleared,
}

/// What one *Copy* button did, and how. Signals only, so it is cheap to copy.
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

    /// Copies what [`copy_text`] says.
    fn copy(self, block: NodeRef<html::Div>, masked_text: Option<String>, on_copied: Option<Callback<()>>) {
        self.scope.spawn(async move {
            let is_done = copy_text(block, masked_text, self.secret).await;
            let is_gone = self.copied.try_set(if is_done { Copied::Done } else { Copied::Failed }).is_some();
            // The dialog may be gone when the browser has done it.
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

    /// The line that says what became of it. Tracked.
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

/// *Copy* for the first element in `block`, and the line that says what became of it; there is none until a script runs.
/// `what` ends the button's name for who cannot see what it stands beside.
#[component]
pub fn CopyButton(
    block: NodeRef<html::Div>,
    #[prop(into)] what: String,
    /// Whether the text has the secret in it: then the clipboard can be cleared of it.
    is_secret: bool,
    /// What is copied where the element shows a mask in its place, while the secret on the page is masked.
    #[prop(default = None)]
    masked_text: Option<String>,
    /// Whether it has the focus first.
    #[prop(default = false)]
    autofocus: bool,
    /// Called after each copy that worked.
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
            // It stays when it has done its work: a button that went would take the focus with it.
            {is_secret.then(|| view! {
                <button
                    class="button"
                    type="button"
                    hidden=move || clipboard.is(Copied::NotYet) || clipboard.is(Copied::Failed)
                    on:click=move |_| clipboard.clear()
                >
                    "Clear clipboard"
                </button>
            })}
        </div>
    }
}

/// Copies `masked_text`, or what the first element of `block` has. A browser that refuses copies only what it shows and selects:
/// the secret is shown for that, and stays so where it has to be copied by hand.
async fn copy_text(block: NodeRef<html::Div>, masked_text: Option<String>, secret: Option<SecretOnPage>) -> bool {
    let (Some(text), Some(SecretOnPage { is_shown, .. })) = (masked_text, secret) else {
        return copy_first(block).await;
    };
    if clipboard::write(&text).await {
        return true;
    }
    let Some(was_shown) = is_shown.try_get_untracked() else { return false };
    is_shown.try_set(true);
    // The text is in the page then.
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

/// The field, with its label beside it where there is room. A masked one holds the secret, which wraps where it is shown on a
/// narrow screen; `on_copied` is called after a copy that worked.
#[component]
pub fn CopyField(
    id: &'static str,
    label: &'static str,
    what: &'static str,
    value: String,
    #[prop(default = false)] masked: bool,
    /// Whether *Copy* has the focus first.
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
                    // A field of one line cannot wrap.
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

/// A read-only field of one line. No password manager offers to keep or to fill it.
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
