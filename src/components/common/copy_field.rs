//! *Copy*, and a read-only field with it beside; *Show* where the field is masked.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::dom::clipboard;

use super::scope::PageScope;

/// Said of a clipboard that was cleared,
pub const CLEARED: &str = "The clipboard is empty. A clipboard manager may have kept what was in it.";
/// and of one that was not.
pub const NOT_CLEARED: &str = "This browser did not clear it. Copy something else in its place.";

/// Whether a secret was copied last, so that the clipboard may hold it. Whoever shows a secret provides it.
#[derive(Clone, Copy)]
pub struct SecretInClipboard(pub RwSignal<bool>);

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
    Cleared,
    NotCleared,
}

/// *Copy* for the first element in `block`, and the line that says what became of it. `what` ends the button's name for
/// who cannot see what it stands beside.
#[component]
pub fn CopyButton(
    block: NodeRef<html::Div>,
    what: &'static str,
    /// Whether the text has the secret in it: then the clipboard can be cleared of it.
    is_secret: bool,
    /// Whether it has the focus first.
    #[prop(default = false)]
    autofocus: bool,
    /// Called after each copy with whether it worked.
    #[prop(optional)]
    on_copy: Option<Callback<bool>>,
) -> impl IntoView {
    let scope: PageScope = expect_context();
    let SecretInClipboard(holds_secret) = expect_context();
    let copied = RwSignal::new(Copied::NotYet);
    // The dialog may be gone when the browser has done it.
    let copy = move |_| {
        let first = block.get_untracked().and_then(|block| block.first_element_child());
        let Some(element) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) else { return };
        scope.spawn(async move {
            let done = clipboard::copy(&element).await;
            if copied.try_set(if done { Copied::Done } else { Copied::Failed }).is_some() {
                return;
            }
            if done {
                holds_secret.set(is_secret);
            }
            if let Some(on_copy) = on_copy {
                on_copy.run(done);
            }
        });
    };
    let clear = move |_| {
        scope.spawn(async move {
            let done = clipboard::write("").await;
            if copied.try_set(if done { Copied::Cleared } else { Copied::NotCleared }).is_none() && done {
                holds_secret.set(false);
            }
        });
    };
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
        <button class="button" type="button" autofocus=autofocus on:click=copy>
            {move || if copied.get() == Copied::Done { "Copied" } else { "Copy" }}
            <span class="hidden">" " {what}</span>
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
    let shown = RwSignal::new(!masked);
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
