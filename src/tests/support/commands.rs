//! Runs the command line inside the test process: its settings, its output, and outputs that fail.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::{cli::run_with, server::config::Config};

use super::TestApp;

/// A standard output that accepts `room` bytes and then fails, at a write or only at a flush.
pub struct Failing {
    pub room: usize,
    pub kind: io::ErrorKind,
    pub only_flush: bool,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = if self.only_flush { bytes.len() } else { bytes.len().min(self.room) };
        if taken == 0 && !bytes.is_empty() {
            return Err(self.kind.into());
        }
        self.room = self.room.saturating_sub(taken);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.kind.into())
    }
}

/// A full device, a closed pipe, a write that fails halfway, and a full device that fails only at the flush.
pub fn failing() -> [Failing; 4] {
    use io::ErrorKind::{BrokenPipe, StorageFull, TimedOut};
    [(0, StorageFull, false), (0, BrokenPipe, false), (20, TimedOut, false), (0, StorageFull, true)]
        .map(|(room, kind, only_flush)| Failing { room, kind, only_flush })
}

impl TestApp {
    /// Runs a command on this portal's data; returns its output, or its error line.
    pub async fn command(&self, arguments: &[&str]) -> Result<String, String> {
        command(&self.state.config, arguments).await
    }

    /// Settings with an empty data folder and an empty database.
    pub async fn empty(&self, name: &str) -> Config {
        let mut config = self.state.config.clone();
        config.data = self.empty_folder(name);
        if self.is_sqlite() {
            config.database_url = format!("sqlite:{}", config.data.join("tokens.sqlite").display()).into();
        } else {
            // With `search_path` set to it, an empty schema acts like an empty database.
            self.try_execute("CREATE SCHEMA IF NOT EXISTS nothing").await.expect("a schema");
            let mark = if config.database_url.contains('?') { '&' } else { '?' };
            let url = format!("{}{mark}options=-c%20search_path%3Dnothing", &*config.database_url);
            config.database_url = url.into();
        }
        config
    }

    fn empty_folder(&self, name: &str) -> PathBuf {
        self.state.config.data.with_file_name(name)
    }

    /// The number of tables in an [empty](TestApp::empty) database.
    pub async fn tables_of_nothing(&self) -> i64 {
        if self.is_sqlite() {
            return 0;
        }
        self.number("SELECT count(*) FROM pg_tables WHERE schemaname = 'nothing'", &[]).await
    }
}

/// Runs a command with these settings.
pub async fn command(config: &Config, arguments: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    run_with(arguments, config.clone(), &mut out).await?;
    Ok(String::from_utf8(out).expect("text"))
}
