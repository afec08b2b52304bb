//! The audit trail: one row for every change and every refusal.

pub mod denial_sum;
mod denial_windows;
pub mod denials;
pub mod store;

use super::{client_info::ClientInfo, clock::Clock, crypto::secret, id};

use store::AuditRow;

/// A row with its moment, its actor and its origin; the caller adds the rest.
pub fn row(clock: &Clock, actor: &str, action: &str, origin: &ClientInfo) -> AuditRow {
    let now = clock.now_millis();
    AuditRow {
        id: id::new(now),
        at: now / 1000,
        actor: actor.to_owned(),
        action: action.to_owned(),
        project_key: None,
        token_id: None,
        login_name: None,
        created_for: None,
        detail: String::new(),
        address: origin.address.clone(),
        client: origin.client.clone(),
    }
}

/// What a stranger typed, as it is kept and logged: so many characters of it, no control character, and never a secret
/// that somebody put in the place of a name.
pub fn typed(text: &str, most: usize) -> String {
    if secret::is_in(text) {
        return "(a secret)".to_owned();
    }
    text.chars().take(most).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
