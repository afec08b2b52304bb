//! The texts about a token's status and its remedy: what makes an expired token work again, and keeps one that expires soon
//! working.

use super::{
    filter::ToggleFilter,
    moment,
    text::isolated,
    token::{TokenRow, TokenStatus},
    words::in_words,
};

/// The remedy that makes a token work again or longer; `None` if there is none.
pub fn remedy(row: &TokenRow) -> Option<String> {
    if !matches!(row.status, TokenStatus::Expired | TokenStatus::ExpiringSoon) {
        return None;
    }
    let is_expired = row.status == TokenStatus::Expired;
    Some(match (&row.resync_end, &row.next_start) {
        (Some(_), _) if is_expired => "Re-sync makes it work again.".to_owned(),
        (Some(end), _) => format!("Re-sync keeps it working until {end}."),
        (None, Some(day)) => format!("The subscription begins again on {day}."),
        (None, None) if is_expired => "A renewed subscription makes it work again.".to_owned(),
        (None, None) => "A renewed subscription keeps it working.".to_owned(),
    })
}

/// The reason why a token is disabled, with user input isolated: the admin's reason, or the name of the inactive owner.
pub fn why_disabled(row: &TokenRow) -> Option<String> {
    let reason = row.status_reason.as_deref()?;
    let typed = if row.is_disabled_by_admin {
        reason.split_once(": ").map(|(_, typed)| typed)
    } else {
        Some(row.created_for.name.as_str())
    };
    Some(typed.map_or(reason.to_owned(), |typed| reason.replacen(typed, &isolated(typed), 1)))
}

/// The news about a token: a short text for a row, and the full text; `None` if there is none.
pub fn news(row: &TokenRow) -> Option<(String, String)> {
    if let Some(reason) = &row.status_reason {
        let full = why_disabled(row).unwrap_or_default();
        let short = match reason.split_once(": ") {
            // The admin's reason is more useful than the fact that an admin disabled it.
            Some((_, because)) if row.is_disabled_by_admin => Some(format!("By an admin: {}", isolated(because))),
            // The name has its own column.
            _ if !row.is_disabled_by_admin => reason.strip_prefix(&row.created_for.name).map(|what| format!("Owner{what}")),
            _ => None,
        };
        return Some((short.unwrap_or_else(|| full.clone()), full));
    }
    let full = remedy(row)?;
    let short = match &row.resync_end {
        Some(end) if row.status == TokenStatus::ExpiringSoon => format!("Re-sync: until {end}"),
        None if row.next_start.is_none() => "Renew the subscription".to_owned(),
        _ => full.clone(),
    };
    Some((short, full))
}

/// The first line of a token's page: why it does not work, or not for long, and the remedy.
pub fn first_line(row: &TokenRow) -> Option<String> {
    let reason = why_disabled(row).map(|reason| format!("{reason}."));
    reason.or_else(|| Some(format!("{}. {}", row.status.label(), remedy(row)?)))
}

/// The products that Re-sync adds, and what it does for them; `None` if there are none.
pub fn products_to_add(row: &TokenRow) -> Option<String> {
    let after = row.obstacles().resynced();
    let effect = if after.is_none() {
        "Re-sync Products lets this token open them.".to_owned()
    } else {
        format!("Re-sync Products adds them. The token does not work until {}.", after.until(true))
    };
    let keys = &row.products_to_add;
    (!keys.is_empty()).then(|| format!("Products to add: {}. {effect}", in_words(keys)))
}

/// How Re-sync changes the status: `Expired \u{2192} Active until 2027-12-10`. `None` if it stays the same.
pub fn after_resync(row: &TokenRow, now: i64) -> Option<String> {
    let end = row.resync_end.as_deref().filter(|_| remedy(row).is_some())?;
    let after = TokenStatus::of(false, moment::days_until(end, now));
    Some(format!("{} \u{2192} {} until {end}", row.status.label(), after.label()))
}

/// The text of a link to the tokens that need attention, with their number.
pub fn attention(choice: ToggleFilter, count: usize) -> String {
    let (one, many) = match choice {
        ToggleFilter::ToAdd => ("token has products to add", "tokens have products to add"),
        ToggleFilter::OwnerInactive => ("token's owner is inactive", "tokens' owners are inactive"),
        ToggleFilter::Status(TokenStatus::ExpiringSoon) => ("token ends within 30 days", "tokens end within 30 days"),
        _ => ("token is expired", "tokens are expired"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What Re-sync does for `count` tokens of a status, `helped` of which work longer after it. Empty if it does nothing. Of the
/// expired ones a subscription of `begin_again` begins again: their rows say when.
pub fn attention_remedy(status: TokenStatus, count: usize, helped: usize, begin_again: usize) -> String {
    let them = match helped {
        0 if status == TokenStatus::Expired && begin_again == 0 => {
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
