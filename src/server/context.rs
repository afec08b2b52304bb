//! What every feature takes.

use super::{
    audit::denials::DenialLog,
    clock::{Clock, Expiry},
    config::Config,
    crypto::{passwords::Passwords, secret::Hasher},
    db::Database,
};

/// One of each in a process. What only one feature needs, such as counters of failures, is no part of it: that feature takes
/// it as another argument.
pub struct Services {
    pub config: Config,
    pub db: Database,
    pub clock: Clock,
    expiry: Expiry,
    /// Hashes token secrets.
    pub hasher: Hasher,
    pub passwords: Passwords,
    /// Refusals on their way to the audit trail.
    pub denials: DenialLog,
}

impl Services {
    pub fn new(config: Config, clock: Clock, db: Database, hasher: Hasher) -> Self {
        let denials = DenialLog::new(db.clone(), clock.clone());
        Self { config, db, clock, expiry: Expiry::default(), hasher, passwords: Passwords::default(), denials }
    }

    /// The time by which sessions and overlaps end (Unix seconds): see [`Expiry`].
    pub fn expiry_now(&self) -> i64 {
        self.expiry.now(&self.clock)
    }
}
