//! What happened to a token, in words: for a refusal why, as things stand today, and what to do about it.

use std::collections::BTreeMap;

use crate::{
    models::{
        project::ProjectView,
        status_words,
        token::{TokenRow, TokenStatus},
        token_details::Event,
    },
    server::{
        clock::Day,
        state::AppState,
        store::{Conn, StoreError, audit::AuditRow, audit_search, projects as project_store},
    },
};

use super::{
    periods::{self, Coverage},
    repository, scope, token_rows,
};

/// The most changes that are shown.
const MAX_CHANGES: i64 = 100;
/// The most lines of refusals that are shown.
const MAX_REFUSALS: usize = 20;
/// The most refusals that are read: equal ones are one line.
const MAX_READ: i64 = 400;

/// What the audit trail has about a token, and what is on its way there; newest first.
pub(super) async fn load(
    state: &AppState,
    conn: &mut Conn,
    project: &ProjectView,
    token: &TokenRow,
    now: i64,
) -> Result<Vec<Event>, StoreError> {
    // Read first: what is written in between is then there twice, and never missing.
    let unwritten = state.denials.of_token(&project.key, &token.id);
    let mut rows = audit_search::of_token(conn, &project.key, &token.id, MAX_CHANGES, MAX_READ).await?;
    rows.extend(unwritten);
    // Ids sort by time.
    rows.sort_by(|one, other| other.id.cmp(&one.id));
    rows.dedup_by(|one, other| one.id == other.id);
    let patterns = project_store::patterns(conn, &project.key).await?;
    let today = Day::of(now);
    let access = periods::by_product(&project.subscriptions, today);
    let why = Why { project, token, patterns, access, today };
    let lines = folded(rows.into_iter().map(|row| (row.is_denial(), why.event(row))));
    Ok(lines.into_iter().map(Line::into_event).collect())
}

/// A line, with how often it came.
struct Line {
    is_refusal: bool,
    count: u32,
    event: Event,
}

impl Line {
    fn into_event(self) -> Event {
        let Self { count, event, .. } = self;
        if count == 1 { event } else { Event { what: format!("{} ({count} times)", event.what), ..event } }
    }
}

/// Refusals that read alike, with no change of the token between them, are one line: that of the newest. Of more lines than are
/// shown the oldest are left out.
fn folded(events: impl Iterator<Item = (bool, Event)>) -> Vec<Line> {
    let (mut lines, mut since_change, mut refusals) = (Vec::<Line>::new(), 0, 0);
    for (is_refusal, event) in events {
        let is_alike = |line: &&mut Line| {
            let known = &line.event;
            line.is_refusal && (&known.what, &known.by, &known.from) == (&event.what, &event.by, &event.from)
        };
        match lines[since_change..].iter_mut().find(is_alike).filter(|_| is_refusal) {
            Some(line) => line.count += 1,
            None if is_refusal && refusals == MAX_REFUSALS => {}
            None => {
                refusals += usize::from(is_refusal);
                lines.push(Line { is_refusal, count: 1, event });
                if !is_refusal {
                    since_change = lines.len();
                }
            }
        }
    }
    lines
}

/// What explains a refusal.
struct Why<'a> {
    project: &'a ProjectView,
    token: &'a TokenRow,
    /// Of the project's products: key and pattern.
    patterns: Vec<(String, String)>,
    access: BTreeMap<&'a str, Coverage>,
    today: Day,
}

impl Why<'_> {
    fn event(&self, row: AuditRow) -> Event {
        let mut what = label(&row).to_owned();
        if !row.detail.is_empty() {
            what = format!("{what}: {}", row.detail);
        }
        let (why, resync_helps) = match row.action.as_str() {
            "registry.login.denied" => self.of_login(&row.detail),
            "registry.access.denied" => self.of_pull(&row.detail),
            _ => (String::new(), false),
        };
        if !why.is_empty() {
            what = format!("{what}. {why}.");
        }
        let from = [row.address, token_rows::client_name(&row.client)];
        Event {
            at: row.at,
            what,
            resync_helps: resync_helps && !self.project.closed,
            by: row.actor,
            from: from.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        }
    }

    /// What to do about a login that was refused.
    fn of_login(&self, detail: &str) -> (String, bool) {
        let token = self.token;
        match detail {
            "wrong secret" => ("Use the newest secret; a lost one means Re-generate Secret".to_owned(), false),
            "header and form differ" => ("The client sent two different logins: let it send one".to_owned(), false),
            "disabled" | "owner deactivated" | "owner left the project" => {
                let obstacles = token.obstacles();
                let until = format!("It does not work until {}", obstacles.until(true));
                (if obstacles.is_none() { "It works again".to_owned() } else { until }, false)
            }
            "expired" => {
                let ended = token.products.iter().filter(|product| !product.running).filter_map(|product| product.ends.clone());
                let ended = ended.filter(|end| Day::parse(end).is_some_and(|end| end < self.today)).max();
                let ended = ended.map(|end| format!("The subscription ended on {end}. ")).unwrap_or_default();
                let is_expired = token.days_left.is_none();
                let remedy = status_words::remedy(token).filter(|_| token.status == TokenStatus::Expired).unwrap_or_default();
                let text = if is_expired { format!("{ended}{remedy}") } else { "A subscription is running again".to_owned() };
                (text.trim_end_matches([' ', '.']).to_owned(), is_expired && token.resync_end.is_some())
            }
            _ => (String::new(), false),
        }
    }

    /// Why a token does not open the repositories that were asked for. Of refusals that were counted, the last is looked at.
    fn of_pull(&self, detail: &str) -> (String, bool) {
        let asked = detail.rsplit_once(", the last: ").map_or(detail, |(_, last)| last);
        let mut found: Vec<(String, bool)> = Vec::new();
        for scope in scope::parse_all([asked]) {
            let why = self.of_scope(&scope);
            if !found.contains(&why) {
                found.push(why);
            }
        }
        let helps = found.iter().any(|(_, helps)| *helps);
        (found.into_iter().map(|(why, _)| why).collect::<Vec<_>>().join(". "), helps)
    }

    fn of_scope(&self, scope: &scope::Scope) -> (String, bool) {
        if scope.kind != "repository" {
            return ("A token opens repositories only".to_owned(), false);
        }
        let opening = self.patterns.iter().filter(|(_, pattern)| repository::opens(pattern, &scope.name));
        let products: Vec<(&str, bool, Option<&Coverage>)> = opening
            .map(|(key, _)| {
                let held = self.token.products.iter().any(|product| product.key == *key);
                (key.as_str(), held, self.access.get(key.as_str()))
            })
            .collect();
        let runs = |is_held: bool| products.iter().any(|(_, held, access)| *held == is_held && access.is_some_and(|a| a.running));
        if runs(true) {
            let pulls = scope.actions.iter().any(|action| action == "pull");
            let opens = if self.token.obstacles().is_none() { "The token opens it now" } else { "The token holds it now" };
            return (if pulls { opens } else { "A token can pull only" }.to_owned(), false);
        }
        if runs(false) {
            return ("Not in this token: Re-sync adds it".to_owned(), true);
        }
        // One that it holds says more than one that it does not.
        let closest = products.iter().max_by_key(|(_, held, access)| (*held, access.map(|access| access.ends)));
        let why = match closest {
            None => "No product of this project opens it".to_owned(),
            Some((_, _, Some(access))) if access.ends < self.today => format!("The subscription ended on {}", access.ends),
            Some((key, ..)) => {
                let begins = self.project.subscriptions.iter().filter(|period| period.product_key == *key);
                let begins =
                    begins.map(|period| period.starts.as_str()).filter(|day| Day::parse(day).is_some_and(|day| day > self.today));
                begins.min().map_or_else(
                    || "The project has no subscription to it".to_owned(),
                    |day| format!("The subscription begins on {day}"),
                )
            }
        };
        (why, false)
    }
}

/// What happened, without details.
fn label(row: &AuditRow) -> &str {
    match row.action.as_str() {
        "token.generated" => "Generated",
        "token.resynced" => "Products re-synced",
        "token.secret_regenerated" => "Secret re-generated",
        "token.overlap_ended" => "Overlap ended",
        "token.disabled" => "Disabled",
        "token.enabled" => "Enabled",
        "registry.login.denied" => "Login refused",
        "registry.access.denied" => "Pull refused",
        "registry.throttled.denied" => "Logins refused",
        _ if row.is_denial() => "Refused to somebody without the right",
        other => other,
    }
}
