//! What used a token lately, in words: the consequence of ending its secret.

use crate::{
    browser,
    models::{moment, token::TokenRow, words::in_words},
};

/// So many names are said of many tokens.
const NAMES: usize = 5;

/// One sentence or two.
pub fn sentence(row: &TokenRow, now: i64) -> String {
    let usage = &row.usage;
    let Some(last_at) = usage.last_at else { return format!("{} was never used.", row.name) };
    let by = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    let times = match usage.pulls {
        0 => format!("{} did not pull in the last 30 days;", row.name),
        1 => format!("{} pulled once in the last 30 days,", row.name),
        pulls => format!("{} pulled {pulls} times in the last 30 days,", row.name),
    };
    format!("{times} last {} ({}) from {}{by}.", moment::ago(last_at, now), browser::local(last_at), usage.last_address)
}

/// Which of many tokens somebody relies on.
pub fn sentence_of_many(rows: &[TokenRow]) -> String {
    let used: Vec<&str> = rows.iter().filter(|row| is_in_use(row)).map(|row| row.name.as_str()).collect();
    match used.len() {
        0 => "None of them pulled in the last 30 days.".to_owned(),
        1..=NAMES => format!("{} of them pulled in the last 30 days: {}.", used.len(), in_words(&used)),
        more => format!(
            "{more} of them pulled in the last 30 days, {} and {} more among them.",
            used[..NAMES].join(", "),
            more - NAMES
        ),
    }
}

/// Whether somebody relies on it.
pub fn is_in_use(row: &TokenRow) -> bool {
    row.usage.pulls > 0
}
