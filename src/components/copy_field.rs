//! A read-only field with *Copy* beside it, and *Show* where it is masked.

use leptos::{html, prelude::*, task::spawn_local};

use crate::browser;

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
}

/// The field. `what` ends the buttons' names for who cannot see them; `on_copied` is called after a copy that worked.
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
    let field = NodeRef::<html::Input>::new();
    let shown = RwSignal::new(!masked);
    let copied = RwSignal::new(Copied::NotYet);
    let copy = move |_| {
        spawn_local(async move {
            let Some(input) = field.get_untracked() else { return };
            let done = browser::copy(&input.value(), Some(input)).await;
            copied.set(if done { Copied::Done } else { Copied::Failed });
            match (done, on_copied) {
                (true, Some(on_copied)) => on_copied.run(()),
                (false, _) => shown.set(true),
                _ => {}
            }
        });
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="copy-field">
                <input
                    node_ref=field
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
                    <button class="button" type="button" aria-pressed=move || shown.get().to_string() on:click=move |_| shown.update(|shown| *shown = !*shown)>
                        {move || if shown.get() { "Hide" } else { "Show" }}
                        <span class="hidden">" " {what}</span>
                    </button>
                })}
                <button class="button" type="button" autofocus=autofocus on:click=copy>
                    {move || if copied.get() == Copied::Done { "Copied" } else { "Copy" }}
                    <span class="hidden">" " {what}</span>
                </button>
            </div>
            <p class="copy-result" role="status" class:copy-failed=move || copied.get() == Copied::Failed>
                {move || match copied.get() {
                    Copied::NotYet => String::new(),
                    Copied::Done => format!("The {what} is in the clipboard."),
                    Copied::Failed => format!("This browser did not copy it. The {what} is selected: press Ctrl+C, or copy it by hand."),
                }}
            </p>
        </div>
    }
}
