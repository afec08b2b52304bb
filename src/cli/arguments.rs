//! The command line's arguments and subcommands.

use clap::{Parser, Subcommand};

/// Registry tokens: the customers' portal, and the authority that the registry asks at every pull.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
#[command(
    after_help = "Settings come from Leptos.toml in the current folder; environment variables win. Exit status: 0, or not 0 with one line on standard error."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Run the portal and the token endpoint
    Serve,
    /// Bring projects, products, users and subscriptions in line with a catalogue
    Import {
        /// A JSON file: see docs/catalogue.md
        file: std::path::PathBuf,
        /// Print what would change and what it does to users, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Sign-in accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Credentials that may push images
    #[command(subcommand)]
    Publisher(PublisherCommand),
    /// Keys that sign what the registry believes
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Bring the database's tables up to date (serve and import do it by themselves)
    Migrate,
}

#[derive(Subcommand)]
pub enum UserCommand {
    /// Set the password, typed twice at a terminal or read from standard input; ends the user's sessions
    SetPassword { email: String },
    /// Sign a user out at once and disable their tokens
    Deactivate { email: String },
}

#[derive(Subcommand)]
pub enum PublisherCommand {
    /// Make a credential that may push; prints its login name and its secret, once
    Create {
        name: String,
        /// Names or prefixes parted by commas: 'wso2-apim/*,wso2-is/*'
        #[arg(long)]
        repositories: String,
    },
    /// Remove a credential; its secret ends at once
    Delete { name: String },
}

#[derive(Subcommand)]
pub enum KeysCommand {
    /// Print the certificates for Distribution 2.8 (rootcertbundle), PEM
    Certificate,
    /// Print the keys for Distribution 3.x (jwks), JSON
    Jwks,
    /// Make the next signing key, or with --switch sign with it
    Rotate {
        /// Sign with the next key from now on; do this after every registry knows it
        #[arg(long)]
        switch: bool,
    },
}
