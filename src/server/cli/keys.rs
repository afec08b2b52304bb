//! `registry-tokens keys …`. These need the data folder only, not the database.

use crate::server::{
    clock::Clock,
    config::Config,
    keys::{self, Keyring, Rotation},
};

use super::{KeysCommand, say};

/// Prints or rotates the signing keys.
pub fn keys(config: &Config, command: &KeysCommand) -> Result<(), String> {
    keys::make_data_folder(&config.data)?;
    let keyring = Keyring::open(&config.data, &config.issuer, &Clock::System)?;
    match command {
        KeysCommand::Certificate => say(keyring.current().certificates.trim_end()),
        KeysCommand::Jwks => {
            let jwks = serde_json::to_string_pretty(&keyring.current().jwks).map_err(|cause| cause.to_string())?;
            say(&jwks);
        }
        KeysCommand::Rotate { switch } => say(match keyring.rotate(&config.issuer, &Clock::System, *switch)? {
            Rotation::NextMade => {
                "The next key is made. Give the registry the new bundle (`registry-tokens keys certificate` or `keys jwks`), \
                 restart it, then run `registry-tokens keys rotate --switch`."
            }
            Rotation::Switched => "The next key signs from now on. The previous one stays listed until the next switch.",
        }),
    }
    Ok(())
}
