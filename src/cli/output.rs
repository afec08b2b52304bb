//! What a command says: its result on standard output, all else on standard error.

use std::io::{self, Write};

use crate::server::{error::ServiceError, state::AppState};

/// Writes a command's result, down to whoever reads it.
///
/// # Errors
/// One line where it cannot be written: a full device, a reader that is gone.
pub fn say(out: &mut dyn Write, text: &str) -> Result<(), String> {
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|cause| format!("cannot write to standard output: {cause}"))
}

/// The same after a change: where it cannot be written, the line says that `done` is done all the same.
///
/// # Errors
/// One line where it cannot be written.
pub fn say_done(out: &mut dyn Write, done: &str, text: &str) -> Result<(), String> {
    say(out, text).map_err(|cause| format!("{done}, but the command {cause}"))
}

/// Tells on standard error what a command made. Where that cannot be written either, nothing more can be said.
pub fn note_made(what: &str) {
    let _ = writeln!(io::stderr(), "registry-tokens: made {what}");
}

/// The one line of a command that failed.
pub fn note_failure(message: &str) {
    let _ = writeln!(io::stderr(), "registry-tokens: {message}");
}

/// The message for the operator where a service failed.
pub async fn explain(state: &AppState, error: ServiceError) -> String {
    match error {
        ServiceError::Failed(cause) => cause.to_string(),
        ServiceError::Broken(cause) => cause,
        other => other.into_app_error(state).to_string(),
    }
}
