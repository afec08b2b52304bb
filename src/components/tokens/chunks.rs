//! Changes many tokens, in chunks of 100.

use leptos::prelude::*;

use crate::{
    api::tokens::{change_tokens, check_tokens},
    error::AppError,
    models::bulk::{BulkAction, BulkOutcome},
};

/// The maximum number of tokens per request. Small chunks update the progress bar often, and a lost connection affects few
/// tokens.
const CHUNK: usize = 100;

/// The progress of a change to many tokens.
#[derive(Clone, Copy, Default)]
pub struct Progress {
    /// The number of tokens that the server has processed.
    pub done: RwSignal<usize>,
    /// Whether the user stopped the change; the remaining tokens stay unchanged.
    pub is_stopped: RwSignal<bool>,
}

/// Changes tokens in chunks, after one check that the user may see all of them. Chunks that succeed before a failure stay
/// changed.
///
/// # Errors
/// The reason, if nothing was changed.
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
