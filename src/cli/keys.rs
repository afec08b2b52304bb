//! `registry-tokens keys …`. These commands need only the data folder, not the database.

use std::io::Write;

use crate::server::{
    clock::Clock,
    config::Config,
    crypto::keys::{self, Keyring, Rotation},
    files::data_files::{self, Reader},
};

use super::{
    arguments::KeysCommand,
    output::{note_made, say, say_done},
};

/// Prints or rotates the signing keys. Printing creates missing keys: a registry needs them before anything else exists.
pub fn keys(config: &Config, command: &KeysCommand, out: &mut dyn Write) -> Result<(), String> {
    match command {
        KeysCommand::Certificate => say(out, open_or_make(config)?.current().certificates.trim_end()),
        KeysCommand::Jwks => {
            let jwks = &open_or_make(config)?.current().jwks;
            say(out, &serde_json::to_string_pretty(jwks).map_err(|cause| cause.to_string())?)
        }
        KeysCommand::Rotate { switch } => rotate(config, *switch, out),
    }
}

fn open_or_make(config: &Config) -> Result<Keyring, String> {
    if data_files::make_folder(&config.data)? {
        note_made(&format!("the data folder {}", config.data.display()));
    }
    if let Some(file) = keys::make_signing_keys(&config.data, &config.issuer, &Clock::System, Reader::FolderOwner)? {
        note_made(&format!("the signing key {}", file.display()));
    }
    Keyring::open(&config.data)
}

fn rotate(config: &Config, switch: bool, out: &mut dyn Write) -> Result<(), String> {
    let keyring = Keyring::open(&config.data)
        .map_err(|cause| format!("there are no keys to rotate in the data folder {}: {cause}", config.data.display()))?;
    match keyring.rotate(&config.issuer, &Clock::System, switch)? {
        Rotation::NextMade => say_done(
            out,
            "the next key is made",
            "The next key is made. Give the registry the new bundle (`registry-tokens keys certificate` or `keys jwks`), \
             restart it, then run `registry-tokens keys rotate --switch`.",
        ),
        Rotation::Switched => say_done(
            out,
            "the next key signs from now on",
            "The next key signs from now on. The previous one stays listed until the next switch.",
        ),
    }
}
