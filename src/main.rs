//! The one binary. See `registry-tokens --help`.

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    registry_tokens::server::cli::run()
}
