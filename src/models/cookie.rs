//! Names of cookies. Cookies do not tell ports apart: another server on the same host may set its own `session`.

/// The whole name of one of our cookies. Over https it is bound to this very host.
pub fn full_name(name: &str, is_secure: bool) -> String {
    let prefix = if is_secure { "__Host-" } else { "" };
    format!("{prefix}registry-tokens-{name}")
}
