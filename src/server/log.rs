//! What the server says of itself: one line an event on standard error, with dotted fields. Never a secret, a form's
//! body or a person's address.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts logging at `level`; `RUST_LOG` says more for those who know it.
pub fn start(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| filter(level));
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(false);
    // A second start, in tests, changes nothing.
    let _ = tracing_subscriber::registry().with(filter).with(layer).try_init();
}

/// What is said at `level`. PostgreSQL tells at every start that the tables are there already: of what it says by itself
/// only warnings count, or a command would have more than its one line on standard error.
fn filter(level: &str) -> EnvFilter {
    let notices = if level == "error" { "error" } else { "warn" };
    EnvFilter::new(format!("{level},sqlx::postgres::notice={notices}"))
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{fmt, prelude::*};

    use super::filter;

    #[test]
    fn of_what_postgresql_says_by_itself_only_warnings_are_told() {
        for (level, told) in [("info", "warned said"), ("debug", "warned said"), ("warn", "warned"), ("error", "")] {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            let layer =
                fmt::layer().with_writer(std::sync::Mutex::new(writer)).without_time().with_level(false).with_target(false);
            tracing::subscriber::with_default(tracing_subscriber::registry().with(filter(level)).with(layer), || {
                tracing::info!(target: "sqlx::postgres::notice", "noticed");
                tracing::warn!(target: "sqlx::postgres::notice", "warned");
                tracing::info!("said");
            });
            let said = std::io::read_to_string(reader).expect("what was said");
            assert_eq!(said.split_whitespace().collect::<Vec<_>>().join(" "), told, "{level}");
        }
    }
}
