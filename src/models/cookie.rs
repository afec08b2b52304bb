//! Cookie names. Cookies are shared by all ports of a host: another server on the same host may set its own `session`.

/// The full name of a cookie of the portal. Over https its prefix binds it to this host.
pub fn full_name(name: &str, is_secure: bool) -> String {
    let prefix = if is_secure { "__Host-" } else { "" };
    format!("{prefix}registry-tokens-{name}")
}
