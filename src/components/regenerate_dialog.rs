//! *Re-generate Secret*: says what it breaks, offers to keep the old one for a while, then shows the new one.

use leptos::prelude::*;

use crate::{
    api::tokens::regenerate_secret,
    models::token::{Overlap, TokenRow},
};

use super::{
    confirm_dialog::{Confirm, ConfirmDialog, Outcome, perform},
    modal::CONSEQUENCE_ID,
    shared::shared,
    tokens::Tokens,
    usage,
};

/// The consequence first.
#[component]
pub fn RegenerateDialog(row: TokenRow) -> impl IntoView {
    let tokens: Tokens = expect_context();
    // A form that was refused keeps what was picked.
    let picked = tokens.refused.with_value(|refused| refused.as_ref().map(|refused| refused.overlap)).unwrap_or_default();
    let overlap = RwSignal::new(picked);
    let (project, id, generation) = (tokens.project_key(), row.id.clone(), row.generation);
    let regenerate = perform(move || {
        let regenerating = regenerate_secret(project.clone(), id.clone(), generation, overlap.get_untracked());
        async move { Ok(Outcome::Secret(regenerating.await?)) }
    });
    let confirm = Confirm {
        title: format!("Re-generate the secret of {}", row.name),
        slug: "regenerate",
        button: "Re-generate Secret".to_owned(),
        is_destructive: true,
        is_possible: true,
        focus: vec![format!("regenerate-{}", row.id)],
        token: Some(row.clone()),
    };
    let shown = vec![row];
    let latest = shown.clone();
    let used = move || tokens.latest(&shown).iter().map(|row| usage::sentence(row, tokens.now.get())).collect::<String>();
    let breaks = move || sentence(overlap.get(), tokens.latest(&latest).iter().any(usage::is_in_use)).to_owned();
    view! {
        <ConfirmDialog confirm perform=regenerate>
            <p id=CONSEQUENCE_ID class="consequence">{shared(used)}</p>
            <div class="field">
                <label for="overlap">"Keep the old secret working"</label>
                <select
                    id="overlap"
                    name="overlap"
                    on:change=move |event| overlap.set(Overlap::parse(&event_target_value(&event)).unwrap_or_default())
                >
                    {Overlap::ALL.into_iter().map(|choice| view! {
                        <option value=choice.slug() selected={choice == picked}>{choice.label()}</option>
                    }).collect_view()}
                </select>
            </div>
            <p>{shared(breaks)}</p>
        </ConfirmDialog>
    }
}

/// What re-generating breaks, or not.
fn sentence(overlap: Overlap, is_in_use: bool) -> &'static str {
    match (overlap, is_in_use) {
        (Overlap::None, true) => {
            "Everything that uses the old secret fails at its next login or pull, until it has the new one. A pull already running may finish."
        }
        (Overlap::None, false) => "The old secret ends at once; logins and pulls with it fail from then on.",
        _ => "Both secrets work until then. Give the new one to everything that uses this token, then end the overlap.",
    }
}
