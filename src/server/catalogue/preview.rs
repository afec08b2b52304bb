//! The dry run of an import.

use crate::server::context::Services;

use super::{
    check::Checked,
    effects::{self, Snapshot},
    import::{ImportError, apply},
};

/// The result of a dry run.
pub struct Preview {
    /// The effects on users: see [`effects`].
    pub effects: Vec<String>,
    /// One line per change, the same as those of the import.
    pub changes: Vec<String>,
}

/// Applies a catalogue in a transaction that is rolled back, and compares the users' rights before and after.
///
/// # Errors
/// [`ImportError`], the same as for an import.
pub async fn preview(services: &Services, checked: &Checked) -> Result<Preview, ImportError> {
    let mut conn = services.db.begin().await?;
    let before = Snapshot::read(&mut conn).await?;
    let (mut conn, changes) = apply(services, conn, checked).await?;
    let after = Snapshot::read(&mut conn).await?;
    let effects = effects::lines(&before, &after, services.clock.today());
    Ok(Preview { effects, changes: changes.into_iter().map(|(_, change)| change).collect() })
}
