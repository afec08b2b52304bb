//! Entries of the audit trail: one for every change and every refusal.

use crate::server::{id, secret, state::AppState, store::audit::AuditEntry};

use super::Origin;

/// An entry with its moment, its actor and its origin; the caller adds the rest.
pub fn entry<A>(state: &AppState, actor: &str, action: A, origin: &Origin) -> AuditEntry<A> {
    let now = state.clock.now_millis();
    AuditEntry {
        id: id::new(now, &state.random),
        at: now / 1000,
        actor: actor.to_owned(),
        action,
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
