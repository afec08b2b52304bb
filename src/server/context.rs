//! The services that every feature uses.

use super::{
    audit::{denials::DenialLog, store::AuditEntry},
    client_info::ClientInfo,
    clock::{Clock, Expiry},
    config::Config,
    crypto::{passwords::Passwords, secret::Hasher},
    db::Database,
    id,
    random::Random,
};

/// One instance per process. State that only one feature needs, such as failure counters, is not in here: that feature takes
/// it as another argument.
pub struct Services {
    pub config: Config,
    pub db: Database,
    pub clock: Clock,
    pub random: Random,
    expiry: Expiry,
    /// Hashes token secrets.
    pub hasher: Hasher,
    pub passwords: Passwords,
    /// Denials that are not yet written to the audit trail.
    pub denials: DenialLog,
}

impl Services {
    pub fn new(config: Config, clock: Clock, db: Database, hasher: Hasher) -> Self {
        let denials = DenialLog::new(db.clone(), clock.clone());
        Self {
            config,
            db,
            clock,
            random: Random::System,
            expiry: Expiry::default(),
            hasher,
            passwords: Passwords::default(),
            denials,
        }
    }

    /// The time for the expiry of sessions and overlaps (Unix seconds): see [`Expiry`].
    pub fn expiry_now(&self) -> i64 {
        self.expiry.now(&self.clock)
    }

    /// Creates an audit entry with id, time, actor, action and client. The caller fills in the rest.
    pub fn audit_entry<A>(&self, actor: &str, action: A, client: &ClientInfo) -> AuditEntry<A> {
        let now = self.clock.now_millis();
        AuditEntry {
            id: id::new(now, &self.random),
            at: now / 1000,
            actor: actor.to_owned(),
            action,
            project_key: None,
            token_id: None,
            login_name: None,
            created_for: None,
            detail: String::new(),
            address: client.address.clone(),
            client: client.client.clone(),
        }
    }
}
