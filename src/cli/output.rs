//! The output of commands: the result goes to standard output, everything else to standard error.

use std::io::{self, Write};

use crate::server::{error::ServiceError, state::AppState};

/// Writes a command's result and flushes it.
///
/// # Errors
/// One line if the write fails, for example because the device is full or the pipe is closed.
pub fn say(out: &mut dyn Write, text: &str) -> Result<(), String> {
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|cause| format!("cannot write to standard output: {cause}"))
}

/// Writes the result of a change. If the write fails, the error says that `done` was done nevertheless.
///
/// # Errors
/// One line if the write fails.
pub fn say_done(out: &mut dyn Write, done: &str, text: &str) -> Result<(), String> {
    say(out, text).map_err(|cause| format!("{done}, but the command {cause}"))
}

/// Prints on standard error what a command created. A failed write is ignored.
pub fn note_made(what: &str) {
    let _ = writeln!(io::stderr(), "registry-tokens: made {what}");
}

/// Prints the error of a failed command as one line.
pub fn note_failure(message: &str) {
    let _ = writeln!(io::stderr(), "registry-tokens: {message}");
}

/// Converts a service's error into a message for the operator.
pub async fn explain(state: &AppState, error: ServiceError) -> String {
    match error {
        ServiceError::Failed(cause) => cause.to_string(),
        ServiceError::Broken(cause) => cause,
        other => other.into_app_error(state).to_string(),
    }
}
