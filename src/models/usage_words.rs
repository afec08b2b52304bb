//! The recent usage of a token as text: the consequence of revoking its secret.

use super::{moment, text::isolated, token::TokenRow, words::in_words};

/// The maximum number of names to list.
const MAX_NAMES: usize = 5;

/// Describes the usage in one or two sentences. `moment_text` formats a timestamp (Unix seconds) in the user's time zone.
pub fn sentence(row: &TokenRow, now: i64, moment_text: impl Fn(i64) -> String) -> String {
    let (usage, name) = (&row.usage, isolated(&row.name));
    let Some(last_at) = usage.last_at else {
        let made = moment::days_ago(&row.created_on, now).filter(|_| !row.is_unused);
        let made = made.map(|made| format!(" It was made {made}.")).unwrap_or_default();
        return format!("{name} was never used.{made}");
    };
    let by = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    let times = match usage.pulls {
        0 => format!("{name} did not pull in the last 30 days;"),
        1 => format!("{name} pulled once in the last 30 days,"),
        pulls => format!("{name} pulled {pulls} times in the last 30 days,"),
    };
    let at = moment_text(last_at);
    format!("{times} last {} ({at}) from {}{by}.", moment::ago(last_at, now), usage.last_address)
}

/// Describes which of many tokens are in use.
pub fn sentence_of_many(rows: &[TokenRow]) -> String {
    let used: Vec<String> = rows.iter().filter(|row| is_in_use(row)).map(|row| isolated(&row.name)).collect();
    let text = match used.len() {
        0 => "None of them pulled in the last 30 days.".to_owned(),
        1..=MAX_NAMES => format!("{} of them pulled in the last 30 days: {}.", used.len(), in_words(&used)),
        more => format!(
            "{more} of them pulled in the last 30 days, {} and {} more among them.",
            used[..MAX_NAMES].join(", "),
            more - MAX_NAMES
        ),
    };
    match rows.iter().filter(|row| row.usage.last_at.is_none() && !row.is_unused).count() {
        0 => text,
        1 => format!("{text} 1 of them was made in that time and never used."),
        new => format!("{text} {new} of them were made in that time and never used."),
    }
}

/// Describes when a token was used last (Unix seconds): `3 minutes ago`, `Never`, or `Never, made today` for one that is too new
/// to count as unused. `created_on` is an ISO date.
pub fn last_used(last_at: Option<i64>, created_on: &str, is_unused: bool, now: i64) -> String {
    if let Some(at) = last_at {
        return moment::ago(at, now);
    }
    match moment::days_ago(created_on, now) {
        Some(made) if !is_unused => format!("Never, made {made}"),
        _ => "Never".to_owned(),
    }
}

/// Whether the token pulled in the last 30 days.
pub fn is_in_use(row: &TokenRow) -> bool {
    row.usage.pulls > 0
}
