//! The state of a running server, shared by all requests.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use super::{
    clock::Clock,
    config::Config,
    context::Services,
    crypto::{
        keys::{self, Keyring},
        secret::Hasher,
    },
    db::{Database, location, readiness::Readiness, schema::Schema, settings},
    files::data_files::{self, Reader},
    projects::events::StreamRegistry,
    random::Random,
    rate_limiter::RateLimiter,
    registry::TokenEndpoint,
    request::client_address::UnreadableProxies,
    usage::UsageLog,
};

/// The shared state. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The content of [`AppState`]: [`Services`] (by deref), and the in-memory state of single features.
pub struct Inner {
    services: Services,
    pub token_endpoint: TokenEndpoint,
    /// Failures at the portal's sign-in. Separate from registry logins: a cluster with a former secret must not lock the
    /// users at the same address out of the portal.
    pub sign_ins: RateLimiter,
    /// Proxies whose `X-Forwarded-For` could not be parsed.
    pub unreadable_proxies: UnreadableProxies,
    pub streams: StreamRegistry,
    pub readiness: Readiness,
}

/// The name of the database setting that stores the hashing key's fingerprint.
const HASHING_KEY: &str = "hashing-key";

impl AppState {
    /// Opens the data folder, the keys and the database. Creates what is missing, and migrates the tables.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, String> {
        Self::open_or_make(config, clock, Reader::ThisProcess, &|_| {}).await
    }

    /// Does the same as [`AppState::open`], and calls `made` with a description of each thing right after its creation.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub async fn open_or_make(
        config: Config,
        clock: Clock,
        reader: Reader,
        made: &(dyn Fn(&str) + Sync),
    ) -> Result<Self, String> {
        if data_files::make_folder(&config.data)? {
            made(&format!("the data folder {}", config.data.display()));
        }
        if location::is_missing(&config.database_url) {
            location::make(&config.database_url, reader)?;
            made(&format!("the database {}", location::place(&config.database_url)));
        }
        // Another process may be creating or migrating the same SQLite file. PostgreSQL has a lock of its own, and instances may
        // share a data folder on a network file system, where a folder cannot be locked.
        let lock = match location::is_file(&config.database_url) {
            true => Some(data_files::lock(&config.data).await?),
            false => None,
        };
        let db = Database::connect(&config.database_url).await?;
        let had_tables = db.schema().await.map_err(|cause| cause.to_string())? != Schema::Missing;
        db.migrate().await?;
        if !had_tables {
            made(&format!("the tables of the database {}", location::place(&config.database_url)));
        }
        // Never create a new key for a database whose secrets were hashed with another.
        if fingerprint(&db).await?.is_none()
            && let Some(file) = keys::make_hashing_key(&config.data, &Random::System, reader)?
        {
            made(&format!("the key that hashes secrets, {}", file.display()));
        }
        let hasher = keys::hasher(&config.data)?;
        let kept = settings::get_or_insert(&mut db.reader(), HASHING_KEY, &hasher.fingerprint()).await;
        check_hasher(&config, &hasher, kept.map_err(|cause| cause.to_string())?)?;
        if let Some(file) = keys::make_signing_keys(&config.data, &config.issuer, &clock, reader)? {
            made(&format!("the signing key {}", file.display()));
        }
        drop(lock);
        let keyring = Keyring::open(&config.data)?;
        Ok(Self::new(config, clock, db, hasher, keyring))
    }

    /// Opens what exists; creates and changes nothing.
    ///
    /// # Errors
    /// One line that says what is missing or wrong, with the data folder and the database.
    pub async fn open_existing(config: Config, clock: Clock) -> Result<Self, String> {
        let (data, place) = (config.data.display().to_string(), location::place(&config.database_url));
        let looked_at = |what: String| format!("{what} (data folder {data}, database {place})");
        Self::open_as_it_is(config, clock).await.map_err(looked_at)
    }

    async fn open_as_it_is(config: Config, clock: Clock) -> Result<Self, String> {
        const FIRST: &str = "run `registry-tokens serve`, `import` or `migrate` first";
        if !config.data.is_dir() {
            return Err(format!("there is no data folder: {FIRST}"));
        }
        if location::is_missing(&config.database_url) {
            return Err(format!("there is no database: {FIRST}"));
        }
        let db = Database::connect(&config.database_url).await?;
        match db.schema().await.map_err(|cause| cause.to_string())? {
            Schema::Current => {}
            Schema::Missing => return Err(format!("the database has no tables of ours: {FIRST}")),
            Schema::Older => return Err("the tables are of an older version: run `registry-tokens migrate` first".to_owned()),
            Schema::Newer => return Err("the tables are of a newer version than this program".to_owned()),
        }
        let Some(known) = fingerprint(&db).await? else { return Err(format!("the database is not in use yet: {FIRST}")) };
        let hasher = keys::hasher(&config.data)?;
        check_hasher(&config, &hasher, known)?;
        let keyring = Keyring::open(&config.data)?;
        Ok(Self::new(config, clock, db, hasher, keyring))
    }

    /// Replaces the source of randomness. Must be called before the state is shared.
    #[must_use]
    pub fn with_random(mut self, random: Random) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.services.random = random;
        }
        self
    }

    fn new(config: Config, clock: Clock, db: Database, hasher: Hasher, keyring: Keyring) -> Self {
        Self(Arc::new(Inner {
            token_endpoint: TokenEndpoint { keyring, logins: RateLimiter::default(), usage: UsageLog::new(db.clone()) },
            services: Services::new(config, clock, db, hasher),
            sign_ins: RateLimiter::default(),
            unreadable_proxies: UnreadableProxies::default(),
            streams: StreamRegistry::default(),
            readiness: Readiness::default(),
        }))
    }
}

/// The fingerprint of the key that the database's secrets were hashed with.
async fn fingerprint(db: &Database) -> Result<Option<String>, String> {
    settings::stored(&mut db.reader(), HASHING_KEY).await.map_err(|cause| cause.to_string())
}

/// Checks the hashing key. With another key no secret would match, and every pull would fail without a visible reason.
fn check_hasher(config: &Config, hasher: &Hasher, kept: String) -> Result<(), String> {
    if kept == hasher.fingerprint() {
        return Ok(());
    }
    Err(format!("the hashing key in {} is not the one that this database's secrets were made with", config.data.display()))
}

impl std::ops::Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::ops::Deref for Inner {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.config.leptos.clone()
    }
}
