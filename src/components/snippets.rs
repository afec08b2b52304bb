//! What to paste into the tools that pull. No command holds the secret: what a shell is told it keeps in its history;
//! each takes the secret on standard input or asks for it.

/// A tool, and what it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    pub tool: &'static str,
    pub text: String,
    /// What to do with it.
    pub hint: &'static str,
}

/// Where a token is used: the registry's host and the token's login name.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    pub registry: &'a str,
    pub login_name: &'a str,
}

const PASTE: &str = "Paste the secret when the command waits, then press Enter and Ctrl+D. It stays out of the shell's history.";

/// One for each tool, the most used first.
pub fn all(login: Login<'_>) -> [Snippet; 6] {
    let Login { registry, login_name } = login;
    // A Kubernetes name has no capitals and no underscores.
    let secret_name = login_name.replace('_', "-");
    [
        Snippet { tool: "Docker", text: docker_login(registry, login_name), hint: PASTE },
        Snippet { tool: "Podman", text: format!("podman login {registry} -u {login_name} --password-stdin"), hint: PASTE },
        Snippet {
            tool: "Kubernetes",
            text: format!(
                "kubectl create secret docker-registry {secret_name} --docker-server={registry} \\\n  \
                 --docker-username={login_name} --docker-password=\"$(cat)\"\n\
                 # and in the pod's spec:\n\
                 # imagePullSecrets: [{{name: {secret_name}}}]"
            ),
            hint: PASTE,
        },
        Snippet { tool: "Helm", text: format!("helm registry login {registry} -u {login_name} --password-stdin"), hint: PASTE },
        Snippet {
            tool: "containerd",
            text: format!("ctr images pull --user {login_name} {registry}/REPOSITORY:TAG"),
            hint: "It asks for the secret. Put the image you want in place of REPOSITORY:TAG.",
        },
        Snippet {
            tool: "File",
            text: config_json(login, "SECRET"),
            hint: "For ~/.docker/config.json or $REGISTRY_AUTH_FILE. Put the secret in place of SECRET.",
        },
    ]
}

/// Logs docker in; it waits for the secret on standard input.
pub fn docker_login(registry: &str, login_name: &str) -> String {
    format!("docker login {registry} -u {login_name} --password-stdin")
}

/// The file that docker, Podman, skopeo and Kubernetes read logins from.
pub fn config_json(login: Login<'_>, secret: &str) -> String {
    let Login { registry, login_name } = login;
    format!("{{\n  \"auths\": {{\n    \"{registry}\": {{\"username\": \"{login_name}\", \"password\": \"{secret}\"}}\n  }}\n}}\n")
}

#[cfg(test)]
mod tests {
    use super::{Login, all};

    #[test]
    fn no_command_takes_a_secret_as_an_argument() {
        for snippet in all(Login { registry: "registry.example.test", login_name: "acme.ci" }) {
            assert!(snippet.text.contains("registry.example.test") && snippet.text.contains("acme.ci"), "{snippet:?}");
            assert!(!snippet.text.contains("wrt_"), "{snippet:?}");
        }
    }
}
