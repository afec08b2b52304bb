//! A change to many tokens, a hundred at a time.

use leptos::prelude::*;

use crate::{
    api::tokens::{change_tokens, check_tokens},
    error::AppError,
    models::bulk::{BulkAction, BulkOutcome},
};

/// The most tokens of one request: the bar moves, and a lost connection loses little.
const CHUNK: usize = 100;

/// How far a change to many tokens is.
#[derive(Clone, Copy, Default)]
pub struct Progress {
    /// How many tokens the server has answered for.
    pub done: RwSignal<usize>,
    /// Whether the rest is to be left as it is.
    pub is_stopped: RwSignal<bool>,
}

/// Changes tokens in chunks, after one check of the rights to all. What was done before a failure stays done.
///
/// # Errors
/// Where nothing was changed: why.
pub async fn run_in_chunks(
    project_key: String,
    ids: &[String],
    action: &BulkAction,
    progress: Progress,
) -> Result<BulkOutcome, AppError> {
    if ids.len() > CHUNK {
        check_tokens(project_key.clone(), ids.to_vec()).await.map_err(AppError::of_read)?;
    }
    let mut outcome = BulkOutcome::default();
    for chunk in ids.chunks(CHUNK) {
        if progress.is_stopped.try_get_untracked() == Some(true) {
            break;
        }
        match change_tokens(project_key.clone(), chunk.to_vec(), action.clone()).await {
            Ok(next) => outcome.append(next),
            Err(error) if !outcome.done.is_empty() => {
                outcome.failed.extend(chunk.iter().map(|id| (id.clone(), error.clone())));
                break;
            }
            Err(error) => return Err(error),
        }
        progress.done.try_update(|done| *done += chunk.len());
    }
    Ok(outcome)
}
