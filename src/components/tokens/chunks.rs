//! Changes many tokens, in chunks of 100.

use leptos::prelude::*;

use crate::{
    api::tokens::{change_tokens, check_tokens},
    error::AppError,
    models::bulk::{BulkAction, BulkOutcome, MAX_CHECKED},
};

use super::token_list::ProjectTokens;

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

/// Whether a token that is gone refuses the whole change, or is left out of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    Refuses,
    LeftOut,
}

/// Changes tokens in chunks. If one that is gone refuses the change, all are checked before the first chunk; after it, those that
/// are gone fail, and the others are changed. Chunks that succeed before a failure stay changed.
///
/// # Errors
/// The reason, if nothing was changed.
pub async fn run_in_chunks(
    tokens: ProjectTokens,
    ids: &[String],
    action: &BulkAction,
    gone: Gone,
    progress: Progress,
) -> Result<BulkOutcome, AppError> {
    // An earlier attempt in the same dialog may have failed.
    progress.done.try_set(0);
    progress.is_stopped.try_set(false);
    if ids.len() > CHUNK && gone == Gone::Refuses {
        for checked in ids.chunks(MAX_CHECKED) {
            check_tokens(tokens.key(), checked.to_vec()).await.map_err(AppError::of_read)?;
        }
    }
    let mut outcome = BulkOutcome::default();
    for chunk in ids.chunks(CHUNK) {
        if progress.is_stopped.try_get_untracked() == Some(true) {
            break;
        }
        let gone = if outcome.done.is_empty() { gone } else { Gone::LeftOut };
        match change_chunk(tokens, chunk, action, gone).await {
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

async fn change_chunk(
    tokens: ProjectTokens,
    chunk: &[String],
    action: &BulkAction,
    when_gone: Gone,
) -> Result<BulkOutcome, AppError> {
    let (mut ids, mut gone) = (chunk.to_vec(), Vec::new());
    while !ids.is_empty() {
        match change_tokens(tokens.key(), ids.clone(), action.clone()).await {
            Err(AppError::NotFound) if when_gone == Gone::LeftOut && gone.is_empty() => {
                tokens.reload().await;
                ids.retain(|id| {
                    let is_known = tokens.row(id).is_some();
                    if !is_known {
                        gone.push((id.clone(), AppError::NotFound));
                    }
                    is_known
                });
                // The list could not be refreshed.
                if gone.is_empty() {
                    return Err(AppError::NotFound);
                }
            }
            changed => {
                let mut outcome = changed?;
                outcome.failed.append(&mut gone);
                return Ok(outcome);
            }
        }
    }
    Ok(BulkOutcome { failed: gone, ..BulkOutcome::default() })
}
