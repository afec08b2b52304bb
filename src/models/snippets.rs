//! What to paste into the tools that pull. No command has the secret in it: what a shell is told it keeps in its history.
//! Each reads the secret or asks for it; only what is a file holds it.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::token::RevealedSecret;

/// A tool, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    pub name: &'static str,
    pub snippets: Vec<Snippet>,
}

/// One thing to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What it is; the name of its *Copy* ends with this.
    pub what: &'static str,
    pub text: String,
    /// What to do with it.
    pub hint: &'static str,
    /// Whether the secret is in the text.
    pub holds_secret: bool,
}

/// Where a token is used, and as whom.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    /// The registry's host as customers type it.
    pub registry: &'a str,
    pub login_name: &'a str,
    /// Login name and secret in base64, where the secret is known.
    pub auth: Option<&'a str>,
    /// A repository that the token opens, or a pattern of some, for an example.
    pub repository: Option<&'a str>,
}

/// Every tool, for a secret that is being shown.
pub fn with_secret(secret: &RevealedSecret) -> Vec<Tool> {
    let RevealedSecret { registry, login_name, secret, example_repository, .. } = secret;
    let auth = STANDARD.encode(format!("{login_name}:{secret}"));
    all(Login { registry, login_name, auth: Some(&auth), repository: example_repository.as_deref() })
}

/// A text to keep: everything that the dialog shows once.
pub fn backup(secret: &RevealedSecret) -> String {
    let RevealedSecret { registry, login_name, secret, .. } = secret;
    let docker = login_line("docker", registry, login_name);
    format!("Registry: {registry}\nLogin name: {login_name}\nToken Secret: {secret}\n\n{docker}\n")
}

/// For what reads standard input to its end.
const ON_STDIN: &str =
    "Paste the secret when the command waits, then press Enter and Ctrl+D. It stays out of the shell's history.";
const CHARTS: &str = "For charts: their images are pulled with the Kubernetes secret. Paste the token's secret when the command \
                      waits, then press Enter and Ctrl+D.";
/// For what reads a line without showing it.
const READ: &str = "For bash and zsh, in the namespace of the pods. Paste the secret when the command waits, then press Enter: \
                    nothing is shown, and it stays out of the shell's history.";
const ASKS: &str = "It asks for the secret and keeps nothing: pods pull with the Kubernetes secret. What stands in capitals is \
                    yours to fill in.";
const MANIFEST: [&str; 2] = [
    "For kubectl apply. What stands in capitals is yours to fill in; the command under File prints AUTH.",
    "For kubectl apply. It holds the secret in base64, which hides nothing: keep it out of repositories. What stands in \
     capitals is yours to fill in.",
];
const FILE: [&str; 2] = [
    "For ~/.docker/config.json, or the file that $REGISTRY_AUTH_FILE names. The command below prints AUTH.",
    "For ~/.docker/config.json, or the file that $REGISTRY_AUTH_FILE names. It holds the secret in base64, which hides nothing.",
];
const PRINT_AUTH: &str = "For bash and zsh. Paste the secret when the command waits, then press Enter. It prints login name and \
                          secret in base64, which hides nothing.";

/// Every tool, the most used first. Where the secret is not known, `AUTH` stands in its place.
pub fn all(login: Login<'_>) -> Vec<Tool> {
    let Login { registry, login_name, auth, .. } = login;
    let holds_secret = auth.is_some();
    let command = |what, text, hint| Snippet { what, text, hint, holds_secret: false };
    let log_in = |what, program, hint| command(what, login_line(program, registry, login_name), hint);
    let file = |what, text, hints: [&'static str; 2]| {
        let hint = hints[usize::from(holds_secret)];
        Snippet { what, text, hint, holds_secret }
    };
    // Letters, digits and dashes between them are a name in Kubernetes, whatever the project's key has.
    let secret_name = login_name.replace(['_', '.'], "-");
    let image = format!("{registry}/{}:TAG", login.repository.unwrap_or("*").replace('*', "IMAGE"));
    let create_secret = format!(
        "read -rs SECRET && kubectl create secret docker-registry {secret_name} \\\n  \
         --docker-server={registry} --docker-username={login_name} \\\n  \
         --docker-password=\"$SECRET\"; unset SECRET"
    );
    let pull = format!("ctr images pull --user {login_name} {image}");
    let config = config_json(login);
    let manifest = manifest(&secret_name, &config, &image);
    let mut files = vec![file("config.json file", config, FILE)];
    if !holds_secret {
        let print =
            format!("read -rs SECRET && printf '%s:%s' {login_name} \"$SECRET\" | base64 | tr -d '\\n'; echo; unset SECRET");
        files.push(command("command", print, PRINT_AUTH));
    }
    let kubernetes = vec![command("kubectl command", create_secret, READ), file("manifest", manifest, MANIFEST)];
    let containerd = vec![log_in("nerdctl command", "nerdctl", ON_STDIN), command("ctr command", pull, ASKS)];
    let tool = |name, snippets| Tool { name, snippets };
    vec![
        tool("Docker", vec![log_in("docker command", "docker", ON_STDIN)]),
        tool("Podman", vec![log_in("podman command", "podman", ON_STDIN)]),
        tool("Kubernetes", kubernetes),
        tool("Helm", vec![log_in("helm command", "helm registry", CHARTS)]),
        tool("containerd", containerd),
        tool("File", files),
    ]
}

/// Logs a program in; it waits for the secret on standard input.
fn login_line(program: &str, registry: &str, login_name: &str) -> String {
    format!("{program} login {registry} -u {login_name} --password-stdin")
}

/// The file that docker, Podman, skopeo and Kubernetes read logins from. All of them read `auth`; a name and a password in
/// its place are read by some only.
fn config_json(login: Login<'_>) -> String {
    let Login { registry, auth, .. } = login;
    let auth = auth.unwrap_or("AUTH");
    format!(r#"{{"auths": {{"{registry}": {{"auth": "{auth}"}}}}}}"#)
}

/// A secret for pulling, and a pod that pulls with it. Names are quoted: one of digits would be a number.
fn manifest(secret_name: &str, config_json: &str, image: &str) -> String {
    format!(
        r#"apiVersion: v1
kind: Secret
metadata:
  name: "{secret_name}"
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{config_json}'
---
apiVersion: v1
kind: Pod
metadata:
  name: pull-test
spec:
  imagePullSecrets:
    - name: "{secret_name}"
  containers:
    - name: main
      image: {image}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{Login, Snippet, all};

    /// The credentials of the tests, as base64.
    const AUTH: &str = "YWNtZS5jaTp3cnRfMTIz";

    fn snippets(auth: Option<&str>) -> Vec<Snippet> {
        let login = Login { registry: "registry.example.test", login_name: "acme_2.ci", auth, repository: Some("wso2-apim/*") };
        all(login).into_iter().flat_map(|tool| tool.snippets).collect()
    }

    fn text(auth: Option<&str>, what: &str) -> String {
        snippets(auth).into_iter().find(|snippet| snippet.what == what).expect(what).text
    }

    #[test]
    fn only_what_says_so_holds_the_secret() {
        for snippet in snippets(Some(AUTH)) {
            assert_eq!(snippet.text.contains(AUTH), snippet.holds_secret, "{snippet:?}");
            assert!(snippet.holds_secret == snippet.hint.contains("holds the secret"), "{snippet:?}");
        }
        assert!(!snippets(None).iter().any(|snippet| snippet.holds_secret || snippet.hint.contains("holds the secret")));
    }

    #[test]
    fn the_file_holds_auth_and_nothing_that_docker_passes_over() {
        for auth in [Some(AUTH), None] {
            let file: serde_json::Value = serde_json::from_str(&text(auth, "config.json file")).expect("JSON");
            let expected = serde_json::json!({"auths": {"registry.example.test": {"auth": auth.unwrap_or("AUTH")}}});
            assert_eq!(file, expected);
        }
    }

    #[test]
    fn a_kubernetes_name_is_one_and_the_image_is_of_the_token() {
        let manifest = text(None, "manifest");
        assert_eq!(manifest.matches("\"acme-2-ci\"").count(), 2, "{manifest}");
        assert!(manifest.contains("image: registry.example.test/wso2-apim/IMAGE:TAG\n"), "{manifest}");
        assert!(text(None, "kubectl command").contains("docker-registry acme-2-ci \\\n"));
        assert!(text(None, "ctr command").ends_with("--user acme_2.ci registry.example.test/wso2-apim/IMAGE:TAG"));
    }
}
