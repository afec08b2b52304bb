//! What a click in the table does. One listener serves all rows: they come and go as the window scrolls.

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{api::tokens::end_overlap, browser};

use super::tokens::Tokens;

/// Finds the control that was clicked by what stands in its `data-do`.
pub fn clicked(tokens: Tokens, event: &ev::MouseEvent) {
    let Some((what, id)) = browser::clicked_control(event) else { return };
    match what.as_str() {
        "open" => {
            event.prevent_default();
            tokens.open(&id);
        }
        "end-overlap" => {
            event.prevent_default();
            spawn_local(async move {
                match end_overlap(tokens.project_key(), id.clone()).await {
                    Ok(()) => tokens.say("The overlap is ended: the former secret no longer works."),
                    Err(error) => tokens.say_error(&error),
                }
                tokens.refresh(vec![format!("regenerate-{id}")]);
            });
        }
        "select" => select(tokens, &id, event.shift_key()),
        _ => {}
    }
}

/// Chooses a token, or no longer; with Shift, every token from the last one so clicked to this one.
fn select(tokens: Tokens, id: &str, is_range: bool) {
    let (list, order) = (tokens.list.read_untracked(), tokens.order.read_untracked());
    let chosen = !tokens.selection.with_untracked(|selection| selection.contains(id));
    let place = |id: &str| {
        let position = list.position(id)?;
        order.iter().position(|&at| at as usize == position)
    };
    let Some(this) = place(id) else { return };
    let from = tokens.last_selected.with_value(|last| is_range.then(|| place(last)).flatten()).unwrap_or(this);
    tokens.selection.update(|selection| selection.set(&list, &order[this.min(from)..=this.max(from)], chosen));
    tokens.last_selected.set_value(id.to_owned());
}
