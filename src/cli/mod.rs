//! The command line: one binary with a subcommand for each task of an operator.

mod arguments;
mod catalogue;
mod keys;
pub mod output;
mod password;
mod serve;
mod users;

use std::{io::Write, process::ExitCode};

use clap::Parser;

use crate::server::{clock::Clock, config::Config, files::data_files::Reader, state::AppState, telemetry};

use arguments::{Arguments, Command};
use output::{note_failure, note_made, say, say_done};

/// Parses the arguments and runs the command.
pub fn run() -> ExitCode {
    let out = &mut std::io::stdout();
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => start(arguments.command, out),
        Err(answer) => answer_arguments(&answer, out),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            note_failure(&message);
            ExitCode::FAILURE
        }
    }
}

fn start(command: Command, out: &mut dyn Write) -> Result<(), String> {
    let config = Config::load()?;
    telemetry::start(&config.log, config.log_format);
    telemetry::log_panics();
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| format!("cannot start: {cause}"))?;
    runtime.block_on(execute(command, config, out))
}

/// Runs a command with these arguments and settings, and writes its result to `out`.
///
/// # Errors
/// The text for standard error when the exit status is not 0.
#[cfg(test)]
pub async fn run_with(arguments: &[&str], config: Config, out: &mut dyn Write) -> Result<(), String> {
    match Arguments::try_parse_from(std::iter::once(&"registry-tokens").chain(arguments)) {
        Ok(arguments) => execute(arguments.command, config, out).await,
        Err(answer) => answer_arguments(&answer, out),
    }
}

async fn execute(command: Command, config: Config, out: &mut dyn Write) -> Result<(), String> {
    match command {
        Command::Serve => serve::serve(config).await,
        Command::Import { file, dry_run } => catalogue::import(config, &file, dry_run, out).await,
        Command::User(command) => users::user(config, command, out).await,
        Command::Publisher(command) => users::publisher(config, command, out).await,
        Command::Keys(command) => keys::keys(&config, &command, out),
        Command::Migrate => {
            let state = AppState::open_or_make(config, Clock::System, Reader::FolderOwner, &note_made).await?;
            state.db.close().await;
            say_done(out, "the database is up to date", "The database is up to date.")
        }
    }
}

/// Prints `--help` and `--version` to standard output; returns a parse error as one line.
fn answer_arguments(answer: &clap::Error, out: &mut dyn Write) -> Result<(), String> {
    if !answer.use_stderr() {
        return say(out, answer.to_string().trim_end());
    }
    if answer.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err("no command given: see registry-tokens --help".to_owned());
    }
    let text = answer.to_string();
    let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ").trim_end_matches(':');
    let more: Vec<&str> = text.lines().skip(1).map(str::trim).take_while(|line| !line.is_empty()).collect();
    Err(format!("{what} {}", more.join(" ")).trim().to_owned())
}
