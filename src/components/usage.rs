//! What used a token lately, in words: the consequence of ending its secret.

use crate::models::token::TokenRow;

/// One sentence or two.
pub fn sentence(row: &TokenRow) -> String {
    let usage = &row.usage;
    let Some(last_at) = &usage.last_at else { return format!("{} was never used.", row.name) };
    let by = if usage.last_client.is_empty() { String::new() } else { format!(" ({})", usage.last_client) };
    let times = match usage.pulls {
        0 => format!("{} did not pull in the last 30 days;", row.name),
        1 => format!("{} pulled once in the last 30 days,", row.name),
        pulls => format!("{} pulled {pulls} times in the last 30 days,", row.name),
    };
    format!("{times} last on {last_at} from {}{by}.", usage.last_address)
}

/// Whether somebody relies on it.
pub fn is_in_use(row: &TokenRow) -> bool {
    row.usage.pulls > 0
}
