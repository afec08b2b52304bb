//! What a status asks for: what makes an expired token work again, and keeps one that expires soon working.

use super::{
    filter::ToggleFilter,
    moment,
    text::isolated,
    token::{TokenRow, TokenStatus},
};

/// What makes a token work again, or longer; `None` where nothing is to be done about it here.
pub fn remedy(row: &TokenRow) -> Option<String> {
    match (row.status, &row.resync_end) {
        (TokenStatus::Expired, Some(_)) => Some("Re-sync makes it work again.".to_owned()),
        (TokenStatus::Expired, None) => Some("A renewed subscription makes it work again.".to_owned()),
        (TokenStatus::ExpiringSoon, Some(end)) => Some(format!("Re-sync keeps it working until {end}.")),
        (TokenStatus::ExpiringSoon, None) => Some("A renewed subscription keeps it working.".to_owned()),
        _ => None,
    }
}

/// Why a token is disabled, with what users typed set apart: the reason of a pause, the name of an owner who is gone.
pub fn why_disabled(row: &TokenRow) -> Option<String> {
    let reason = row.status_reason.as_deref()?;
    let typed = if row.is_paused { reason.split_once(": ").map(|(_, typed)| typed) } else { Some(row.created_for.name.as_str()) };
    Some(typed.map_or(reason.to_owned(), |typed| reason.replacen(typed, &isolated(typed), 1)))
}

/// What is new of a token in a few words, as a row has room for, and in full; `None` where nothing is.
pub fn news(row: &TokenRow) -> Option<(String, String)> {
    if let Some(reason) = &row.status_reason {
        let full = why_disabled(row).unwrap_or_default();
        let short = match reason.split_once(": ") {
            // What an admin wrote is more to the point than that an admin did it.
            Some((_, because)) if row.is_paused => Some(format!("Paused: {}", isolated(because))),
            // The name stands in a column of its own.
            _ if !row.is_paused => reason.strip_prefix(&row.created_for.name).map(|what| format!("Owner{what}")),
            _ => None,
        };
        return Some((short.unwrap_or_else(|| full.clone()), full));
    }
    let short = match (row.status, &row.resync_end) {
        (TokenStatus::Expired, Some(_)) => remedy(row)?,
        (_, Some(end)) => format!("Re-sync: until {end}"),
        (_, None) => "Renew the subscription".to_owned(),
    };
    Some((short, remedy(row)?))
}

/// The first line of a token's page: why it does not work, or not for long, and what to do.
pub fn first_line(row: &TokenRow) -> Option<String> {
    let reason = why_disabled(row).map(|reason| format!("{reason}."));
    reason.or_else(|| Some(format!("{}. {}", row.status.label(), remedy(row)?)))
}

/// What Re-sync makes of the status: `Expired \u{2192} Active until 2027-12-10`. `None` where it stays as it is.
pub fn after_resync(row: &TokenRow, now: i64) -> Option<String> {
    let end = row.resync_end.as_deref().filter(|_| remedy(row).is_some())?;
    let after = TokenStatus::of(false, moment::days_until(end, now));
    Some(format!("{} \u{2192} {} until {end}", row.status.label(), after.label()))
}

/// How many tokens need attention: the text of a link that shows them.
pub fn attention(choice: ToggleFilter, count: usize) -> String {
    let (one, many) = match choice {
        ToggleFilter::ToAdd => ("token has products to add", "tokens have products to add"),
        ToggleFilter::OwnerInactive => ("token's owner is inactive", "tokens' owners are inactive"),
        ToggleFilter::Status(TokenStatus::ExpiringSoon) => ("token ends within 30 days", "tokens end within 30 days"),
        _ => ("token is expired", "tokens are expired"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What Re-sync does about `count` tokens of a status, `helped` of which it lets work longer. Empty where it does nothing.
pub fn attention_remedy(status: TokenStatus, count: usize, helped: usize) -> String {
    let them = match helped {
        0 if status == TokenStatus::Expired => {
            return format!(". A renewed subscription makes {} work again.", if count == 1 { "it" } else { "them" });
        }
        0 => return String::new(),
        _ if helped < count => format!("{helped} of them"),
        1 => "it".to_owned(),
        _ => "them".to_owned(),
    };
    match status {
        TokenStatus::Expired => format!(". Re-sync makes {them} work again."),
        _ => format!(". Re-sync keeps {them} working longer."),
    }
}
