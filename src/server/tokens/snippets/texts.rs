//! The texts of the snippets and their hints. A hint begins with the place where the text goes.

pub const TERMINAL: &str = "At a terminal, in any shell. It asks for the secret and does not show it.";
pub const SCRIPT: &str = "In a script for sh or bash, with the secret in the variable SECRET.";
pub const POWERSHELL: &str = "In a script for PowerShell, with the secret in the environment variable SECRET.";
/// Added if the text has placeholders.
pub const CAPITALS: &str = " What stands in capitals is yours to fill in.";
pub const PULL: &str = "Then pull. What stands in capitals is yours to fill in.";
pub const KUBECTL: &str = "For bash and zsh, in the namespace of the pods. It replaces a secret of this name. Paste the token's secret \
                           when the command waits, then press Enter: nothing is shown, and it stays out of the shell's history.";
pub const SERVICE_ACCOUNT: &str = "For every pod of the service account default: they pull with the secret without naming it. It takes \
                                   the place of other pull secrets of the account.";
pub const MANIFEST: &str = "For kubectl apply: the secret, and a pod that names it and pulls.";
pub const MANIFEST_WITHOUT: &str = " The command under File prints AUTH.";
/// Follows the hint of a login, such as [`TERMINAL`].
pub const CHARTS: &str = " For charts in the registry.";
pub const VALUES: &str = "For values.yaml. Images are pulled with the Kubernetes secret, and charts differ in how they name it: keep \
                          what yours has.";
pub const INSTALL: &str = "The cluster pulls what the chart names. RELEASE and CHART are yours to fill in.";
pub const K3S: &str = "For /etc/rancher/k3s/registries.yaml of each node (RKE2: /etc/rancher/rke2). After a restart of k3s pods pull \
                       without a pull secret.";
pub const CTR: &str = "It asks for the secret and keeps nothing: pods pull with the Kubernetes secret or registries.yaml.";
pub const GITHUB: &str = "GitHub Actions: steps of a job. The token's secret is the repository's secret REGISTRY_TOKEN.";
pub const ARGO: &str = "Argo CD, for charts in the registry. It asks for the secret and does not show it. Images are pulled with the \
                        Kubernetes secret: name it in the application's values, as under Helm.";
pub const GITLAB: &str = "GitLab CI: a job. The token's secret is the masked variable REGISTRY_TOKEN. For the image of a job itself put \
                          the text under File into the variable DOCKER_AUTH_CONFIG.";
pub const FILE: &str = "For ~/.docker/config.json, or the file that $REGISTRY_AUTH_FILE names.";
pub const FILE_WITHOUT: &str = " The command below prints AUTH.";
pub const HOLDS: &str = " It holds the secret: keep it out of repositories.";
pub const HOLDS_BASE64: &str = " It holds the secret in base64, which hides nothing: keep it out of repositories.";
pub const PRINT_AUTH: &str = "For bash and zsh. Paste the secret when the command waits, then press Enter. It prints login name and \
                              secret in base64, which hides nothing.";
pub const MIRROR: &str = "For a mirror: every tag, pulled with the login that the file, docker or podman keeps.";

/// The values that the texts of a token depend on.
pub struct Words<'a> {
    registry: &'a str,
    login_name: &'a str,
    /// Name of the Kubernetes secret.
    secret_name: String,
    /// The repository, with `IMAGE` as the placeholder for an unknown part.
    repository: String,
}

/// A sh command that prints a variable without a line break.
pub fn print(variable: &str) -> String {
    format!("printf %s \"${variable}\"")
}

/// Quotes a word for all shells. Only the brackets of an IPv6 host need it, because they form a glob pattern: hosts,
/// repositories and token names have no other special characters.
fn quoted(word: &str) -> String {
    if word.starts_with('[') { format!("\"{word}\"") } else { word.to_owned() }
}

impl<'a> Words<'a> {
    pub fn of(registry: &'a str, login_name: &'a str, repository: Option<&str>) -> Self {
        // Letters, digits and inner dashes form a valid Kubernetes name, whatever characters the project's key has.
        let secret_name = login_name.replace(['_', '.'], "-");
        let repository = repository.unwrap_or("*").replace('*', "IMAGE");
        Self { registry, login_name, secret_name, repository }
    }

    /// The host, quoted for a shell.
    fn host(&self) -> String {
        quoted(self.registry)
    }

    fn image(&self) -> String {
        format!("{}/{}:TAG", self.registry, self.repository)
    }

    /// A command that prompts for the secret.
    pub fn login(&self, program: &str) -> String {
        format!("{program} login {} -u {}", self.host(), self.login_name)
    }

    pub fn pull(&self, program: &str) -> String {
        format!("{program} pull {}", quoted(&self.image()))
    }

    /// A command that prompts for the secret.
    pub fn ctr_pull(&self) -> String {
        format!("ctr images pull --user {} {}", self.login_name, quoted(&self.image()))
    }

    /// Runs in a subshell, so that no variable remains and the exit status is that of the last command.
    pub fn create_pull_secret(&self) -> String {
        let Self { login_name, secret_name, .. } = self;
        let host = self.host();
        format!(
            "(read -rs SECRET && kubectl create secret docker-registry {secret_name} \\\n  \
             --docker-server={host} --docker-username={login_name} --docker-password=\"$SECRET\" \\\n  \
             --dry-run=client -o yaml | kubectl apply -f -)"
        )
    }

    pub fn patch_service_account(&self) -> String {
        format!(r#"kubectl patch serviceaccount default -p '{{"imagePullSecrets": [{{"name": "{}"}}]}}'"#, self.secret_name)
    }

    /// A pull secret, and a pod that uses it. Names are quoted, because YAML reads digits as a number.
    pub fn manifest(&self, auth: Option<&str>) -> String {
        let (secret_name, image, config_json) = (&self.secret_name, self.image(), self.config_json(auth));
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
      image: "{image}"
"#
        )
    }

    /// The values that many charts use, and those of the first vendor's charts.
    pub fn helm_values(&self) -> String {
        let Self { registry, secret_name, repository, .. } = self;
        format!(
            r#"global:
  imagePullSecrets:
    - name: "{secret_name}"
deployment:
  image:
    imagePullSecret: "{secret_name}"
    registry: "{registry}"
    repository: "{repository}"
    tag: "TAG"
"#
        )
    }

    pub fn registries(&self, secret: Option<&str>) -> String {
        let Self { registry, login_name, .. } = self;
        let secret = secret.unwrap_or("SECRET");
        format!(
            r#"configs:
  "{registry}":
    auth:
      username: "{login_name}"
      password: "{secret}"
"#
        )
    }

    pub fn github(&self) -> String {
        let Self { registry, login_name, .. } = self;
        let pull = self.pull("docker");
        format!(
            r#"- uses: docker/login-action@v3
  with:
    registry: "{registry}"
    username: "{login_name}"
    password: ${{{{ secrets.REGISTRY_TOKEN }}}}
- run: {pull}
"#
        )
    }

    pub fn gitlab(&self) -> String {
        let (print, login, pull) = (print("REGISTRY_TOKEN"), self.login("docker"), self.pull("docker"));
        format!(
            r#"pull:
  image: docker:cli
  services: ["docker:dind"]
  script:
    - {print} | {login} --password-stdin
    - {pull}
"#
        )
    }

    /// A command that prompts for the secret.
    pub fn argo(&self) -> String {
        let Self { login_name, secret_name, .. } = self;
        format!("argocd repo add {} --type helm --enable-oci --name {secret_name} --username {login_name}", self.host())
    }

    /// The file from which docker, Podman, skopeo and Kubernetes read logins. All of them read `auth`; only some read a user
    /// name and a password instead.
    pub fn config_json(&self, auth: Option<&str>) -> String {
        let (registry, auth) = (self.registry, auth.unwrap_or("AUTH"));
        format!(r#"{{"auths": {{"{registry}": {{"auth": "{auth}"}}}}}}"#)
    }

    /// Runs in a subshell, so that no variable remains.
    pub fn print_auth(&self) -> String {
        format!("(read -rs SECRET && printf '%s:%s' {} \"$SECRET\" | base64 | tr -d '\\n' && echo)", self.login_name)
    }

    pub fn mirror(&self) -> String {
        let from = format!("{}/{}", self.registry, self.repository);
        format!("skopeo sync --src docker --dest docker {} MIRROR", quoted(&from))
    }
}
