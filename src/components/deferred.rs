//! The code that a page needs only once somebody does something: a file of its own, fetched when the page is at rest.

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

use crate::{error::AppError, models::bulk::BulkAction};

use super::{
    dialog::{Mounted, mount_dialog},
    notice::undo,
    tokens::Tokens,
};

/// What the file holds, by its ways in.
#[derive(Clone, Copy)]
pub struct Deferred {
    /// Mounts the dialog that is open into this element.
    pub mount_dialog: fn(web_sys::HtmlElement) -> Mounted,
    /// Takes back what was done to the tokens with these ids.
    pub undo: fn(Tokens, BulkAction, Vec<String>),
}

/// What only it calls, tools/build puts into its file.
#[wasm_split(deferred, fallible, wasm_split_path = leptos::wasm_split)]
fn code() -> Result<Deferred, SplitLoaderError> {
    Ok(Deferred { mount_dialog, undo })
}

/// Fetches it, unless it is there. Where it cannot be had, a dialog that waits for it is given up, and that is said;
/// the next one asks again.
pub fn load(tokens: Tokens) {
    spawn_local(async move {
        let code = code().await;
        if tokens.deferred.with_untracked(Option::is_some) {
            return;
        }
        match code {
            Ok(code) => tokens.deferred.set(Some(code)),
            Err(_) if tokens.dialog.with_untracked(Option::is_some) => {
                tokens.dialog.set(None);
                tokens.say_error(&AppError::Unavailable);
            }
            Err(_) => {}
        }
    });
}
