//! A separate portal for every test, with the test catalogue imported, and helpers for tests.

pub mod asks;
pub mod catalogue;
pub mod commands;
pub mod dump;
pub mod events;
pub mod http;
pub mod jwt;
pub mod logs;
pub mod pgbouncer;
mod place;
pub mod registry;
pub mod tokens;

use std::sync::{Arc, atomic::Ordering};

use axum::Router;
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::datetime};

use crate::{
    error::AppError,
    http::{assets::Assets, router},
    server::{
        accounts::store as accounts,
        actor::Actor,
        audit::{denials, store::AuditRow},
        client_info::ClientInfo,
        clock::{Clock, MockClock},
        config::Config,
        db::database::Value,
        error::ServiceError,
        random::Random,
        state::AppState,
    },
};

pub(in crate::tests) use place::on_both;
pub use place::{Backend, run};

use place::Place;

/// The time at which every test starts.
const START: OffsetDateTime = datetime!(2026-06-01 09:00 UTC);

/// A portal for one test.
pub struct TestApp {
    pub state: AppState,
    pub router: Router,
    mock_clock: Arc<MockClock>,
}

impl TestApp {
    async fn open(place: &Place) -> Self {
        let settings = |name: &str| match name {
            "REGISTRY_TOKENS_DATA" => Some(place.folder.join("data").display().to_string()),
            "DATABASE_URL" => Some(place.database_url.clone()),
            "REGISTRY_TOKENS_URL" => Some(http::PORTAL.to_owned()),
            "REGISTRY_TOKENS_SERVICE" => Some(registry::SERVICE.to_owned()),
            "REGISTRY_TOKENS_ISSUER" => Some(registry::ISSUER.to_owned()),
            _ => None,
        };
        let mut config = Config::read(include_str!("../../../Leptos.toml"), settings).expect("the settings are good");
        let site = place.folder.join("site");
        std::fs::create_dir_all(site.join("pkg")).expect("a folder for the site");
        for extension in ["js", "wasm", "css"] {
            std::fs::write(site.join("pkg/registry-tokens").with_extension(extension), "").expect("the site's files");
        }
        config.leptos.hash_files = false;
        config.leptos.site_root = site.display().to_string().into();
        config.poll_interval = events::POLL_INTERVAL;
        let app = Self::start(config, Arc::new(MockClock { wall: START.unix_timestamp().into(), ..MockClock::default() })).await;
        app.reimport_catalogue(|_| {}).await;
        app
    }

    async fn start(config: Config, mock_clock: Arc<MockClock>) -> Self {
        let state = AppState::open(config, Clock::Mock(mock_clock.clone())).await.expect("the portal opens");
        let assets = Assets::find(&state.config).expect("the site's files are there");
        let router = router(state.clone(), assets).expect("the address is one");
        Self { state, router, mock_clock }
    }

    /// Restarts the same portal with other settings.
    pub async fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.state.config.clone();
        self.state.denials.flush_all().await;
        self.state.db.close().await;
        change(&mut config);
        Self::start(config, self.mock_clock).await
    }

    /// Starts another instance with the same database, keys and clock.
    pub async fn second(&self) -> Self {
        self.second_with(self.state.config.clone()).await
    }

    /// Like [`TestApp::second`], with other settings.
    pub async fn second_with(&self, config: Config) -> Self {
        Self::start(config, self.mock_clock.clone()).await
    }

    /// Like [`TestApp::second`], with another public URL.
    pub async fn second_at(&self, url: &str) -> Self {
        let mut config = self.state.config.clone();
        config.url = url.parse().expect("an address");
        self.second_with(config).await
    }

    /// The same portal's state with another source of random numbers.
    pub async fn same_with(&self, random: Random) -> AppState {
        let clock = Clock::Mock(self.mock_clock.clone());
        AppState::open(self.state.config.clone(), clock).await.expect("the portal opens").with_random(random)
    }

    /// Advances the clock to a time such as `2026-06-20T23:58:00Z`, or sets the wall clock back.
    pub fn at(&self, moment: &str) {
        let moment = OffsetDateTime::parse(moment, &Rfc3339).expect("a moment").unix_timestamp();
        let before = self.mock_clock.wall.swap(moment, Ordering::Relaxed);
        self.mock_clock.passed.fetch_add((moment - before).max(0), Ordering::Relaxed);
    }

    /// Advances the clock.
    pub fn pass(&self, seconds: i64) {
        self.mock_clock.wall.fetch_add(seconds, Ordering::Relaxed);
        self.mock_clock.passed.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Advances the clock until no denial counts as a repetition of an earlier one.
    pub fn next_window(&self) {
        self.pass(denials::WINDOW);
    }

    /// Moves the wall clock by a number of seconds, forwards or backwards; the monotonic clock does not change.
    pub fn jump(&self, seconds: i64) {
        self.mock_clock.wall.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The user with this e-mail as an actor, as in a request of that user.
    pub async fn actor(&self, email: &str) -> Actor {
        let user = accounts::user_by_email(&mut self.state.db.reader(), email).await.expect("the database answers");
        let user = user.unwrap_or_else(|| panic!("{email} is in the test catalogue"));
        let origin = ClientInfo { address: "192.0.2.1".to_owned(), client: "test".to_owned() };
        Actor { user_id: user.id, email: user.email, name: user.name, origin }
    }

    /// Converts a service error into the error that the client gets.
    pub async fn app_error<T>(&self, outcome: Result<T, ServiceError>) -> Result<T, AppError> {
        match outcome {
            Ok(value) => Ok(value),
            Err(failure) => Err(failure.into_app_error(&self.state)),
        }
    }

    /// Writes the queued denials, as the server does in the background. They stay queued if the database rejects writes.
    pub async fn write_denials(&self) {
        self.state.denials.flush().await;
    }

    /// The audit trail's rows of one action, oldest first.
    pub async fn audit(&self, action: &str) -> Vec<AuditRow> {
        self.write_denials().await;
        let sql = "SELECT * FROM audit WHERE action = $1 ORDER BY id";
        self.state.db.reader().all(sql, &[action.into()]).await.expect("the audit trail can be read")
    }

    /// The single number that a query returns.
    pub async fn number(&self, sql: &'static str, values: &[Value<'_>]) -> i64 {
        self.write_denials().await;
        self.state.db.reader().number(sql, values).await.expect("the database answers")
    }

    /// Runs an SQL statement directly, for changes that no service offers.
    pub async fn execute(&self, sql: &'static str, values: &[Value<'_>]) {
        self.state.db.reader().execute_unaudited(sql, values).await.expect("the database takes it");
    }
}
