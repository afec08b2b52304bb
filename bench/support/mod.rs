//! Shared by the benchmarks: a temporary data folder, and the servers under measurement.

pub mod server;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use registry_tokens::server::{
    catalogue::{check, import},
    clock::Clock,
    config::Config,
    state::AppState,
};

/// A result whose error is printed as it is.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// A temporary folder of this run; removed on drop.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("registry-tokens-bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Opens an SQLite database in the folder, with limits on tokens high enough for the benchmarks.
pub async fn open(folder: &Path) -> Outcome<AppState> {
    open_at(folder, None).await
}

/// Like [`open`], with the database of the URL if there is one.
pub async fn open_at(folder: &Path, database_url: Option<&str>) -> Outcome<AppState> {
    let data = folder.join("data").display().to_string();
    let config = Config::read("", |name| match name {
        "REGISTRY_TOKENS_DATA" => Some(data.clone()),
        "DATABASE_URL" => database_url.map(str::to_owned),
        "REGISTRY_TOKENS_PER_PERSON" | "REGISTRY_TOKENS_PER_PROJECT" => Some("1000000".to_owned()),
        _ => None,
    })?;
    Ok(AppState::open(config, Clock::System).await?)
}

/// Imports a catalogue from its JSON text.
pub async fn import(state: &AppState, catalogue: &str) -> Outcome<()> {
    let checked = check::check(catalogue).map_err(|errors| errors.join("\n"))?;
    import::import(state, &checked, false).await.map_err(|_| "the catalogue was not imported")?;
    Ok(())
}
