//! The code that a page needs only once somebody does something: a file of its own, fetched when the page is at rest.

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

use crate::error::AppError;

use super::{
    dialog::{Mounted, mount_dialog},
    notice::answer,
    tokens::{Offer, Tokens},
};

/// What the file holds, by its ways in.
#[derive(Clone, Copy)]
pub struct Deferred {
    /// Mounts the dialog that is open into this element.
    pub mount_dialog: fn(web_sys::HtmlElement) -> Mounted,
    /// Does what the line above the table offers.
    pub answer: fn(Tokens, Offer),
}

/// What only it calls, tools/build puts into its file.
#[wasm_split(deferred, fallible, wasm_split_path = leptos::wasm_split)]
fn code() -> Result<Deferred, SplitLoaderError> {
    Ok(Deferred { mount_dialog, answer })
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
