//! `registry-tokens import`.

use std::{io::Write, path::Path};

use crate::server::{
    catalogue::{
        check, import,
        preview::{self, Preview},
    },
    clock::Clock,
    config::Config,
    files::{data_files::Reader, text_input},
    state::AppState,
};

use super::output::{note_made, say_done};

/// Applies a catalogue. A dry run only prints what would change, and creates neither a database nor a file.
pub async fn import(config: Config, file: &Path, dry_run: bool, out: &mut dyn Write) -> Result<(), String> {
    let shown = file.display();
    let text = text_input::read_file(file)?;
    let checked = check::check(&text).map_err(|errors| report(&shown.to_string(), &errors))?;
    let state = match dry_run {
        true => AppState::open_existing(config, Clock::System).await?,
        false => AppState::open_or_make(config, Clock::System, Reader::FolderOwner, &note_made).await?,
    };
    let outcome = if dry_run {
        preview::preview(&state, &checked).await
    } else {
        import::import(&state, &checked, false).await.map(|changes| Preview { effects: Vec::new(), changes })
    };
    state.db.close().await;
    let Preview { effects, changes } = outcome.map_err(|error| match error {
        import::ImportError::Wrong(errors) => report(&shown.to_string(), &errors),
        import::ImportError::Store(cause) => format!("the import failed and nothing was changed: {cause}"),
    })?;
    // Without changes, no effects are printed.
    let mut lines: Vec<String> = effects.into_iter().filter(|_| !changes.is_empty()).collect();
    let count = changes.len();
    lines.extend(changes);
    lines.push(match (count, dry_run) {
        (0, _) => "Nothing to change.".to_owned(),
        (count, true) => format!("{count} changes; nothing was changed, because of --dry-run."),
        (count, false) => format!("{count} changes."),
    });
    say_done(out, if dry_run { "nothing was changed" } else { "the import is done" }, &lines.join("\n"))
}

/// Formats a summary line, then one line per error.
fn report(file: &str, errors: &[String]) -> String {
    let count = errors.len();
    format!("{file} has {count} error{}; nothing was changed\n{}", if count == 1 { "" } else { "s" }, errors.join("\n"))
}
