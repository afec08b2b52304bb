//! What a running server holds: one of each, shared by every request.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use super::{
    client_address::UnreadableProxies,
    clock::Clock,
    config::Config,
    keys::{self, Keyring},
    secret::Hasher,
    service::{events::Watchers, passwords::Passwords, usage::UsageLog},
    store::{Database, settings},
    throttle::Throttle,
};

/// Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// See [`AppState`].
pub struct Inner {
    pub config: Config,
    pub db: Database,
    pub clock: Clock,
    pub hasher: Hasher,
    pub keyring: Keyring,
    /// Failures at the token endpoint.
    pub logins: Throttle,
    /// Failures at the portal's sign-in. Apart: a cluster with an old secret must not lock its office out of the portal.
    pub sign_ins: Throttle,
    /// Proxies whose `X-Forwarded-For` could not be read.
    pub unreadable_proxies: UnreadableProxies,
    pub usage: UsageLog,
    pub watchers: Watchers,
    pub passwords: Passwords,
}

impl AppState {
    /// Opens the data folder, the keys and the database, and brings the tables up to date.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, String> {
        keys::make_data_folder(&config.data)?;
        let hasher = keys::hasher(&config.data)?;
        let keyring = Keyring::open(&config.data, &config.issuer, &clock)?;
        let db = Database::connect(&config.database_url).await?;
        db.migrate().await?;
        // Under another key no secret would match, and every pull would fail without a reason.
        let own = hasher.fingerprint();
        let kept = settings::keep_first(&mut db.reader(), "hashing-key", &own).await.map_err(|cause| cause.to_string())?;
        if kept != own {
            return Err(format!(
                "the hashing key in {} is not the one that this database's secrets were made with",
                config.data.display()
            ));
        }
        Ok(Self(Arc::new(Inner {
            config,
            db,
            clock,
            hasher,
            keyring,
            logins: Throttle::default(),
            sign_ins: Throttle::default(),
            unreadable_proxies: UnreadableProxies::default(),
            usage: UsageLog::default(),
            watchers: Watchers::default(),
            passwords: Passwords::default(),
        })))
    }
}

impl std::ops::Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.config.leptos.clone()
    }
}
