//! *Copy*, and a read-only field with it beside; *Show* where the field is masked.

use leptos::{prelude::*, task::spawn_local};

use crate::browser;

use super::{shared::shared, tokens::Tokens};

/// Said of a clipboard that was cleared,
pub const CLEARED: &str = "The clipboard is empty. A clipboard manager may have kept what was in it.";
/// and of one that was not.
pub const NOT_CLEARED: &str = "This browser did not clear it. Copy something else in its place.";

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
    Cleared,
    NotCleared,
}

/// *Copy* for the element with this id, and the line that says what became of it. `what` ends the button's name for who
/// cannot see what it stands beside.
#[component]
pub fn CopyButton(
    id: &'static str,
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
    let tokens: Tokens = expect_context();
    let copied = RwSignal::new(Copied::NotYet);
    let copy = move |_| {
        spawn_local(async move {
            let Some(element) = browser::element(id) else { return };
            let done = browser::copy(&element).await;
            copied.set(if done { Copied::Done } else { Copied::Failed });
            if done {
                tokens.is_secret_copied.set(is_secret);
            }
            if let Some(on_copy) = on_copy {
                on_copy.run(done);
            }
        });
    };
    let clear = move |_| {
        spawn_local(async move {
            let done = browser::write_clipboard("").await;
            if done {
                tokens.is_secret_copied.set(false);
            }
            copied.set(if done { Copied::Cleared } else { Copied::NotCleared });
        });
    };
    view! {
        <button class="button" type="button" autofocus=autofocus on:click=copy>
            {shared(move || if copied.get() == Copied::Done { "Copied" } else { "Copy" }.to_owned())}
            <span class="hidden">" " {what}</span>
        </button>
        <div class="copy-after">
            <p
                class="copy-result"
                role="status"
                class:copy-failed=shared(move || matches!(copied.get(), Copied::Failed | Copied::NotCleared))
            >
                {move || match copied.get() {
                    Copied::NotYet => String::new(),
                    Copied::Done if is_secret => {
                        format!("The {what} is in the clipboard. Clear it when you have pasted it.")
                    }
                    Copied::Done => format!("The {what} is in the clipboard."),
                    Copied::Failed => format!("This browser did not copy it. The {what} is selected: press Ctrl+C, or copy it by hand."),
                    Copied::Cleared => CLEARED.to_owned(),
                    Copied::NotCleared => NOT_CLEARED.to_owned(),
                }}
            </p>
            // It stays when it has done its work: a button that went would take the focus with it.
            {is_secret.then(|| view! {
                <button
                    class="button"
                    type="button"
                    hidden=shared(move || matches!(copied.get(), Copied::NotYet | Copied::Failed))
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
    let shown = RwSignal::new(!masked);
    let on_copy = Callback::new(move |done: bool| match (done, on_copied) {
        (true, Some(on_copied)) => on_copied.run(()),
        (true, None) => {}
        (false, _) => shown.set(true),
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="copy-field">
                <input
                    id=id
                    class="mono"
                    type=shared(move || Some(if shown.get() { "text" } else { "password" }))
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    data-1p-ignore="true"
                    data-lpignore="true"
                    value=value
                />
                {masked.then(|| view! {
                    <button class="button" type="button" aria-pressed=shared(move || shown.get().to_string()) on:click=move |_| shown.update(|shown| *shown = !*shown)>
                        {shared(move || if shown.get() { "Hide" } else { "Show" }.to_owned())}
                        <span class="hidden">" " {what}</span>
                    </button>
                })}
                <CopyButton id what is_secret=masked autofocus on_copy />
            </div>
        </div>
    }
}
