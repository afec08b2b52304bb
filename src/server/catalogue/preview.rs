//! What an import would do, without doing it.

use crate::server::context::Services;

use super::{
    check::Checked,
    effects::{self, Snapshot},
    import::{ImportError, apply},
};

/// What a dry run tells.
pub struct Preview {
    /// What it does to users: see [`effects`].
    pub effects: Vec<String>,
    /// One line a change, as the import itself returns them.
    pub changes: Vec<String>,
}

/// Applies a catalogue in a transaction that is undone, and compares what users may do before and after.
///
/// # Errors
/// [`ImportError`], as of an import.
pub async fn preview(services: &Services, checked: &Checked) -> Result<Preview, ImportError> {
    let mut conn = services.db.begin().await?;
    let before = Snapshot::read(&mut conn).await?;
    let (mut conn, changes) = apply(services, conn, checked).await?;
    let after = Snapshot::read(&mut conn).await?;
    let effects = effects::lines(&before, &after, services.clock.today());
    Ok(Preview { effects, changes: changes.into_iter().map(|(_, change)| change).collect() })
}
