//! `registry-tokens import`.

use std::path::Path;

use crate::server::{
    catalogue::{
        check, import,
        preview::{self, Preview},
    },
    clock::Clock,
    config::Config,
    state::AppState,
    text_input,
};

/// Applies a catalogue, or says what it would change.
pub async fn import(config: Config, file: &Path, dry_run: bool) -> Result<(), String> {
    let shown = file.display();
    let text = text_input::read_file(file)?;
    let checked = check::check(&text).map_err(|errors| report(&shown.to_string(), &errors))?;
    let state = AppState::open(config, Clock::System).await?;
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
    // Of a run that changes nothing there is nothing to tell.
    for line in effects.iter().filter(|_| !changes.is_empty()).chain(&changes) {
        super::say(line);
    }
    super::say(&match (changes.len(), dry_run) {
        (0, _) => "Nothing to change.".to_owned(),
        (count, true) => format!("{count} changes; nothing was changed, because of --dry-run."),
        (count, false) => format!("{count} changes."),
    });
    Ok(())
}

/// Every error a line, the summary first.
fn report(file: &str, errors: &[String]) -> String {
    let count = errors.len();
    format!("{file} has {count} error{}; nothing was changed\n{}", if count == 1 { "" } else { "s" }, errors.join("\n"))
}
