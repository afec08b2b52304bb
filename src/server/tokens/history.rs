//! A token's history as text. Equal denials are one line with their number.

use crate::{
    models::{
        audit::{Action, ChangeAction, DenialAction},
        project::ProjectView,
        text::isolated,
        token::TokenRow,
        token_details::Event,
    },
    server::{
        audit::{
            denial_sum::DenialSum,
            store::{self as audit, AuditRow},
        },
        clock::Day,
        context::Services,
        db::{Conn, StoreError},
        projects::store as project_store,
    },
};

use super::{
    refusals::{Explained, Refusals},
    rows,
};

/// Maximum number of changes shown.
const MAX_CHANGES: i64 = 100;
/// Maximum number of lines of denials shown.
const MAX_REFUSALS: usize = 20;
/// Maximum number of denials read; equal ones become one line.
const MAX_READ: i64 = 400;

/// A token's entries in the audit trail, and those not yet written; newest first.
pub(super) async fn load(
    services: &Services,
    conn: &mut Conn,
    project: &ProjectView,
    token: &TokenRow,
    now: i64,
) -> Result<Vec<Event>, StoreError> {
    // Read first: an entry that is written in between then appears twice (removed below), and is never missing.
    let unwritten = services.denials.of_token(&project.key, &token.id);
    let mut rows = audit::of_token(conn, &project.key, &token.id, MAX_CHANGES, MAX_READ).await?;
    rows.extend(unwritten);
    // Ids sort by time.
    rows.sort_by(|one, other| other.id.cmp(&one.id));
    rows.dedup_by(|one, other| one.id == other.id);
    let patterns = project_store::patterns(conn, &project.key).await?;
    let refusals = Refusals::new(project, token, patterns, Day::of(now));
    let lines = folded(rows.into_iter().map(|row| line(row, &refusals)));
    Ok(lines.into_iter().map(Line::into_event).collect())
}

/// A line of the history, before grouping.
struct Line {
    is_refusal: bool,
    /// Number of occurrences.
    count: u64,
    /// Time of the first occurrence (Unix seconds).
    first: i64,
    event: Event,
}

impl Line {
    fn into_event(self) -> Event {
        Event { repeated: (self.count > 1).then_some((self.count, self.first)), ..self.event }
    }
}

/// Groups equal denials without a change of the token between them into the newest one's line. Drops the oldest lines above
/// [`MAX_REFUSALS`].
fn folded(all: impl Iterator<Item = Line>) -> Vec<Line> {
    let (mut lines, mut since_change, mut refusals) = (Vec::<Line>::new(), 0, 0);
    for line in all {
        let is_alike = |known: &&mut Line| {
            let (known, new) = (&known.event, &line.event);
            (&known.what, &known.by, &known.from) == (&new.what, &new.by, &new.from)
        };
        let is_refusal = line.is_refusal;
        match lines[since_change..].iter_mut().find(is_alike).filter(|known| is_refusal && known.is_refusal) {
            Some(known) => {
                known.count += line.count;
                known.first = known.first.min(line.first);
            }
            None if is_refusal && refusals == MAX_REFUSALS => {}
            None => {
                refusals += usize::from(is_refusal);
                lines.push(line);
                if !is_refusal {
                    since_change = lines.len();
                }
            }
        }
    }
    lines
}

fn line(row: AuditRow, refusals: &Refusals<'_>) -> Line {
    let is_refusal = row.is_denial();
    let sum = if is_refusal { DenialSum::parse(&row.detail) } else { None };
    let (count, first) = sum.as_ref().map_or((1, row.at), |sum| (sum.count, sum.since.min(row.at)));
    let detail = sum.as_ref().map_or(&*row.detail, |sum| sum.detail);
    let Explained { what, why, resync_helps } = match DenialAction::parse(&row.action) {
        Some(DenialAction::RegistryLogin) => refusals.of_login(detail),
        Some(DenialAction::RegistryAccess) => refusals.of_pull(detail),
        Some(DenialAction::RegistryThrottled) => refusals.of_throttled(detail),
        _ => Explained { what: isolated(detail), why: String::new(), resync_helps: false },
    };
    let differ = match &sum {
        Some(sum) if sum.may_differ && what.is_empty() => ", for different reasons",
        Some(sum) if sum.may_differ => ", the last",
        _ => "",
    };
    let mut text = format!("{}{differ}", label(&row));
    for (mark, part, end) in [(": ", what, ""), (". ", why, ".")] {
        if !part.is_empty() {
            text = format!("{text}{mark}{part}{end}");
        }
    }
    let from =
        [if row.address == "several" { "several addresses".to_owned() } else { row.address }, rows::client_name(&row.client)];
    let event = Event {
        at: row.at,
        what: text,
        repeated: None,
        resync_helps,
        by: row.actor,
        from: from.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
    };
    Line { is_refusal, count, first, event }
}

/// The action's label; the stored text itself for an action of another version.
fn label(row: &AuditRow) -> &str {
    match (ChangeAction::parse(&row.action), DenialAction::parse(&row.action)) {
        (Some(action), _) => match action {
            ChangeAction::TokenGenerated => "Generated",
            ChangeAction::TokenResynced => "Products re-synced",
            ChangeAction::SecretRegenerated => "Secret re-generated",
            ChangeAction::OverlapEnded => "Overlap ended",
            ChangeAction::TokenDisabled => "Disabled",
            ChangeAction::TokenEnabled => "Enabled",
            other => other.as_str(),
        },
        (_, Some(action)) => match action {
            DenialAction::RegistryLogin => "Login refused",
            DenialAction::RegistryAccess => "Pull refused",
            DenialAction::RegistryThrottled => "Logins refused",
            _ => "Refused to somebody without the right",
        },
        (None, None) => &row.action,
    }
}
