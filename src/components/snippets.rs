//! Commands to paste into a terminal. None holds the secret: what a shell is told it keeps in its history.

/// Logs docker in; it waits for the secret on standard input.
pub fn docker_login(registry: &str, login_name: &str) -> String {
    format!("docker login {registry} -u {login_name} --password-stdin")
}
