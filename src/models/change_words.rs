//! What the dialog of a change says, before and after.

use super::{bulk::BulkOutcome, change::Change, token::TokenRow, usage_words, words::in_words};

/// The most names that are listed of tokens that failed, or are gone.
pub const MAX_NAMES: usize = 10;

fn verb(change: Change) -> &'static str {
    match change {
        Change::Resync => "Re-sync",
        Change::Disable => "Disable",
        Change::Enable => "Enable",
        Change::Delete => "Delete",
    }
}

fn count(tokens: usize) -> String {
    if tokens == 1 { "1 token".to_owned() } else { format!("{tokens} tokens") }
}

/// The title of the dialog.
pub fn title(change: Change, rows: &[TokenRow]) -> String {
    let object = if let [row] = rows { row.name.clone() } else { count(rows.len()) };
    match change {
        Change::Resync => format!("Re-sync products of {object}"),
        _ => format!("{} {object}", verb(change)),
    }
}

/// The button that does it.
pub fn button(change: Change, rows: &[TokenRow]) -> String {
    match (change, rows) {
        (Change::Resync, _) => "Re-sync Products".to_owned(),
        (_, [_]) => format!("{} Token", verb(change)),
        _ => format!("{} {}", verb(change), count(rows.len())),
    }
}

/// One of many tokens in the list of them.
pub fn line(change: Change, row: &TokenRow) -> String {
    match &row.to_add[..] {
        _ if change != Change::Resync => row.name.clone(),
        [] => format!("{}: nothing to add", row.name),
        keys => format!("{}: {}", row.name, keys.join(", ")),
    }
}

/// What happened with them until now. `possible` is how many of them can be changed; `moment_text` writes a moment (Unix
/// seconds) in the reader's zone.
pub fn consequence(change: Change, rows: &[TokenRow], possible: usize, now: i64, moment_text: impl Fn(i64) -> String) -> String {
    match (change, rows) {
        (Change::Resync, [_]) if possible == 0 => {
            "There is nothing to add: it holds every product that the project is subscribed to.".to_owned()
        }
        (Change::Resync, [_]) => "Adds the products subscribed to since, with the same secret:".to_owned(),
        (Change::Resync, _) => format!("{possible} of {} have products to add.", rows.len()),
        (Change::Enable, [row]) => row.status_reason.as_ref().map(|reason| format!("{reason}.")).unwrap_or_default(),
        (Change::Enable, _) => format!("{} of them are paused.", rows.iter().filter(|row| row.is_paused).count()),
        (_, [row]) => usage_words::sentence(row, now, moment_text),
        (_, rows) => usage_words::sentence_of_many(rows),
    }
}

/// What holds once it is done. `tokens` is how many tokens it changes.
pub fn after(change: Change, tokens: usize) -> &'static str {
    match (change, tokens) {
        (Change::Resync, 1) => "",
        (Change::Resync, _) => "Each gains the products subscribed to since. No secret changes.",
        (Change::Disable, 1) => "Logins and pulls with it fail until somebody enables it. Its secret stays the same.",
        (Change::Disable, _) => "Logins and pulls with them fail until somebody enables them. Their secrets stay the same.",
        (Change::Enable, 1) => "The same secret works again from the moment you enable it.",
        (Change::Enable, _) => "Their secrets work again from the moment you enable them.",
        (Change::Delete, 1) => "Logins and pulls with it fail from the moment you delete it. This cannot be undone.",
        (Change::Delete, _) => "Logins and pulls with them fail from the moment you delete them. This cannot be undone.",
    }
}

/// What was done, in one line; what failed and why.
pub fn result(change: Change, rows: &[TokenRow], outcome: &BulkOutcome) -> String {
    let BulkOutcome { done, unchanged, failed } = outcome;
    let mut failed = failed.clone();
    let mut text = done_sentence(change, rows, done.len(), unchanged.len());
    if rows.len() > 1 && !unchanged.is_empty() {
        text = format!("{text} {} had nothing to change.", count(unchanged.len()));
    }
    let left = rows.len() - done.len() - unchanged.len() - failed.len();
    if left > 0 {
        text = format!("{text} Stopped: {} {} as before.", count(left), if left == 1 { "is" } else { "are" });
    }
    let name = |id: &str| rows.iter().find(|row| row.id == id).map(|row| row.name.as_str());
    // By why, each with its names.
    while let Some((_, error)) = failed.first().cloned() {
        let alike: Vec<_> = failed.extract_if(.., |(_, why)| *why == error).collect();
        let names: Vec<&str> = alike.iter().filter_map(|(id, _)| name(id)).take(MAX_NAMES).collect();
        let more = alike.len() - names.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        text = format!("{text} {} failed ({}{more}): {error}", count(alike.len()), names.join(", "));
    }
    text
}

fn done_sentence(change: Change, rows: &[TokenRow], done: usize, unchanged: usize) -> String {
    let what = if let [row] = rows { row.name.clone() } else { count(done) };
    let is = if done == 1 { "is" } else { "are" };
    match (change, rows) {
        (Change::Resync, [row]) if done == 1 => {
            format!("{what} opens the images of {} from now on. Its secret is the same.", in_words(&row.to_add))
        }
        (Change::Resync, [_]) if unchanged == 1 => format!("{what} holds every product already."),
        _ if done == 0 => "Nothing was changed.".to_owned(),
        (Change::Resync, _) => {
            let opens = if done == 1 { "opens" } else { "open" };
            format!("{what} {opens} the images of the added products from now on. Secrets stay the same.")
        }
        (Change::Delete, _) => format!("{what} {is} deleted. Logins and pulls fail from now on."),
        (Change::Disable, _) => {
            let (it, secrets) = if done == 1 { ("it", "its secret") } else { ("them", "their secrets") };
            format!("{what} {is} disabled. Enable {it} to let {secrets} work again.")
        }
        (Change::Enable, _) => {
            let secrets = if done == 1 { "Its secret works" } else { "Their secrets work" };
            format!("{what} {is} enabled. {secrets} again.")
        }
    }
}
