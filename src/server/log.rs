//! What the server says of itself: one line an event on standard error, with dotted fields. Never a secret, a form's
//! body or a person's address.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts logging at `level`; `RUST_LOG` says more for those who know it.
pub fn start(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(false);
    // A second start, in tests, changes nothing.
    let _ = tracing_subscriber::registry().with(filter).with(layer).try_init();
}
