//! Snippets for the tools that pull. No command contains the secret, because shells store commands in their history: each
//! command prompts for it, or reads a variable. Only files contain it.

mod texts;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::models::snippets::{Snippet, Tool};

use super::store::OpenedRecord;

use texts::{
    ARGO, CAPITALS, CHARTS, CTR, FILE, FILE_WITHOUT, GITHUB, GITLAB, HOLDS, HOLDS_BASE64, INSTALL, K3S, KUBECTL, MANIFEST,
    MANIFEST_WITHOUT, MIRROR, POWERSHELL, PRINT_AUTH, PULL, SCRIPT, SERVICE_ACCOUNT, TERMINAL, VALUES, Words,
};

/// The registry and the credentials of a snippet.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    /// The registry's host, as customers type it.
    pub registry: &'a str,
    pub login_name: &'a str,
    /// `None` if it is not known.
    pub secret: Option<&'a str>,
    /// A repository (or pattern) that the token opens, for examples.
    pub repository: Option<&'a str>,
}

/// Finds an example repository: of the first of these products that has one. Prefers an exact name to a pattern.
pub fn example_repository<'a>(opened: &'a [OpenedRecord], running: &[&str]) -> Option<&'a str> {
    running.iter().find_map(|key| {
        let of_product = opened.iter().filter(|record| record.product_key == *key);
        let patterns = of_product.filter_map(|record| record.pattern.as_deref());
        patterns.clone().find(|pattern| !pattern.ends_with('*')).or_else(|| patterns.clone().next())
    })
}

/// A text to save, with everything that is shown only once.
pub fn backup(registry: &str, login_name: &str, secret: &str) -> String {
    let docker = Words::of(registry, login_name, None).login("docker");
    format!("Registry: {registry}\nLogin name: {login_name}\nToken Secret: {secret}\n\n{docker}\n")
}

/// The snippets of all tools, the most used tool first. Each tool ends with an example that pulls. If the secret is not
/// known, `AUTH` or `SECRET` is the placeholder.
pub fn all(login: Login<'_>) -> Vec<Tool> {
    let Login { registry, login_name, secret, repository } = login;
    let auth = secret.map(|secret| STANDARD.encode(format!("{login_name}:{secret}")));
    let words = Words::of(registry, login_name, repository);
    let tool = |name: &str, snippets| Tool { name: name.to_owned(), snippets };
    vec![
        tool("Docker", login_and_pull(&words, "docker")),
        tool("Podman", login_and_pull(&words, "podman")),
        tool("Kubernetes", kubernetes(&words, auth.as_deref())),
        tool("Helm", helm(&words)),
        tool("containerd", containerd(&words, secret)),
        tool("CI", ci(&words)),
        tool("File", file(&words, auth)),
    ]
}

/// A snippet without the secret.
fn plain(what: impl Into<String>, hint: &str, text: String) -> Snippet {
    Snippet { what: what.into(), text, hint: hint.to_owned(), secret: None }
}

/// A file that contains the secret if it is known. The hints are for a known and an unknown secret.
fn holding(what: &str, [with, without]: [&[&str]; 2], text: String, secret: Option<String>) -> Snippet {
    let hint = if secret.is_some() { with } else { without }.concat();
    Snippet { what: what.to_owned(), text, hint, secret }
}

/// The three ways to log in: at a terminal, in a script, in PowerShell. `program` is the start of the command.
fn logins(words: &Words, name: &str, program: &str) -> Vec<Snippet> {
    let login = words.login(program);
    vec![
        plain(format!("{name} command"), TERMINAL, login.clone()),
        plain(format!("{name} script"), SCRIPT, format!("{} | {login} --password-stdin", texts::print("SECRET"))),
        plain(format!("{name} script for PowerShell"), POWERSHELL, format!("$env:SECRET | {login} --password-stdin")),
    ]
}

fn login_and_pull(words: &Words, program: &str) -> Vec<Snippet> {
    let mut snippets = logins(words, program, program);
    snippets.push(plain(format!("{program} pull"), PULL, words.pull(program)));
    snippets
}

fn kubernetes(words: &Words, auth: Option<&str>) -> Vec<Snippet> {
    let manifest = words.manifest(auth);
    vec![
        plain("kubectl command", KUBECTL, words.create_pull_secret()),
        plain("service account command", SERVICE_ACCOUNT, words.patch_service_account()),
        holding(
            "manifest",
            [&[MANIFEST, CAPITALS, HOLDS_BASE64], &[MANIFEST, CAPITALS, MANIFEST_WITHOUT]],
            manifest,
            auth.map(str::to_owned),
        ),
    ]
}

fn helm(words: &Words) -> Vec<Snippet> {
    let mut snippets = logins(words, "helm", "helm registry");
    for snippet in &mut snippets {
        snippet.hint.push_str(CHARTS);
    }
    snippets.push(plain("Helm values", &[VALUES, CAPITALS].concat(), words.helm_values()));
    snippets.push(plain("helm upgrade", INSTALL, "helm upgrade --install RELEASE CHART -f values.yaml".to_owned()));
    snippets
}

fn containerd(words: &Words, secret: Option<&str>) -> Vec<Snippet> {
    let mut snippets = login_and_pull(words, "nerdctl");
    let registries = words.registries(secret);
    snippets.push(holding("registries.yaml file", [&[K3S, HOLDS], &[K3S, CAPITALS]], registries, secret.map(str::to_owned)));
    snippets.push(plain("ctr command", &[CTR, CAPITALS].concat(), words.ctr_pull()));
    snippets
}

fn ci(words: &Words) -> Vec<Snippet> {
    vec![
        plain("GitHub Actions steps", &[GITHUB, CAPITALS].concat(), words.github()),
        plain("Argo CD command", ARGO, words.argo()),
        plain("GitLab CI job", &[GITLAB, CAPITALS].concat(), words.gitlab()),
    ]
}

fn file(words: &Words, auth: Option<String>) -> Vec<Snippet> {
    let config = words.config_json(auth.as_deref());
    let is_known = auth.is_some();
    let mut snippets = vec![holding("config.json file", [&[FILE, HOLDS_BASE64], &[FILE, FILE_WITHOUT]], config, auth)];
    if !is_known {
        snippets.push(plain("command", PRINT_AUTH, words.print_auth()));
    }
    snippets.push(plain("skopeo command", &[MIRROR, CAPITALS].concat(), words.mirror()));
    snippets
}

#[cfg(test)]
mod tests;
