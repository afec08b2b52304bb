//! *Copy*, and a read-only field with it beside; *Show* where the field is masked.

use leptos::{html, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::dom::clipboard;

use super::{hydrated::use_hydrated, scope::PageScope};

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
    /// Called after each copy with whether it worked.
    #[prop(optional)]
    on_copy: Option<Callback<bool>>,
) -> impl IntoView {
    let scope: PageScope = expect_context();
    let secret = use_context::<SecretOnPage>();
    let hydrated = use_hydrated();
    let copied = RwSignal::new(Copied::NotYet);
    // The dialog may be gone when the browser has done it.
    let copy = move |_| {
        let first = block.get_untracked().and_then(|block| block.first_element_child());
        let Some(element) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) else { return };
        let masked_text = masked_text.clone();
        scope.spawn(async move {
            let done = copy_text(&element, masked_text, secret).await;
            if copied.try_set(if done { Copied::Done } else { Copied::Failed }).is_some() {
                return;
            }
            if let (true, Some(secret)) = (done, secret) {
                secret.is_in_clipboard.set(is_secret);
            }
            if let Some(on_copy) = on_copy {
                on_copy.run(done);
            }
        });
    };
    let clear = move |_| {
        scope.spawn(async move {
            let done = clipboard::write("").await;
            let is_gone = copied.try_set(if done { Copied::Cleared } else { Copied::NotCleared }).is_some();
            if let (true, false, Some(secret)) = (done, is_gone, secret) {
                secret.is_in_clipboard.set(false);
            }
        });
    };
    let name = what.clone();
    let result = move || match copied.get() {
        Copied::NotYet => String::new(),
        Copied::Done if is_secret => format!("The {what} is in the clipboard. Clear it when you have pasted it."),
        Copied::Done => format!("The {what} is in the clipboard."),
        Copied::Failed => {
            format!("This browser did not copy it. The {what} is selected: press Ctrl+C, or copy it by hand.")
        }
        Copied::Cleared => CLEARED.to_owned(),
        Copied::NotCleared => NOT_CLEARED.to_owned(),
    };
    view! {
        <button class="button" type="button" autofocus=autofocus hidden=move || !hydrated.get() on:click=copy>
            {move || if copied.get() == Copied::Done { "Copied" } else { "Copy" }}
            <span class="hidden">" " {name}</span>
        </button>
        <div class="copy-after">
            <p
                class="copy-result"
                class:copy-failed=move || matches!(copied.get(), Copied::Failed | Copied::NotCleared)
                role="status"
            >
                {result}
            </p>
            // It stays when it has done its work: a button that went would take the focus with it.
            {is_secret.then(|| view! {
                <button
                    class="button"
                    type="button"
                    hidden=move || matches!(copied.get(), Copied::NotYet | Copied::Failed)
                    on:click=clear
                >
                    "Clear clipboard"
                </button>
            })}
        </div>
    }
}

/// Copies `masked_text`, or what the element has. A browser that refuses copies only what it shows and selects: the secret is
/// shown for that, and stays so where it has to be copied by hand.
async fn copy_text(element: &HtmlElement, masked_text: Option<String>, secret: Option<SecretOnPage>) -> bool {
    let (Some(text), Some(SecretOnPage { is_shown, .. })) = (masked_text, secret) else {
        return clipboard::copy(element).await;
    };
    if clipboard::write(&text).await {
        return true;
    }
    let Some(was_shown) = is_shown.try_get_untracked() else { return false };
    is_shown.try_set(true);
    // The text is in the page then.
    tick().await;
    let done = clipboard::copy(element).await;
    if done {
        is_shown.try_set(was_shown);
    }
    done
}

/// The field. A masked one holds the secret; `on_copied` is called after a copy that worked.
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
    let shown = if masked { expect_context::<SecretOnPage>().is_shown } else { RwSignal::new(true) };
    let on_copy = Callback::new(move |done: bool| match (done, on_copied) {
        (true, Some(on_copied)) => on_copied.run(()),
        (true, None) => {}
        (false, _) => shown.set(true),
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="copy-field" node_ref=block>
                <input
                    id=id
                    class="mono"
                    type=move || if shown.get() { "text" } else { "password" }
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    data-1p-ignore="true"
                    data-lpignore="true"
                    value=value
                />
                {masked.then(|| view! {
                    <button
                        class="button"
                        type="button"
                        aria-pressed=move || if shown.get() { "true" } else { "false" }
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        {move || if shown.get() { "Hide" } else { "Show" }}
                        <span class="hidden">" " {what}</span>
                    </button>
                })}
                <CopyButton block what is_secret=masked autofocus on_copy />
            </div>
        </div>
    }
}
