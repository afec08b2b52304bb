//! Tests of the snippets' texts, and of their behaviour in shells.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use super::{Login, all, backup};
use crate::models::snippets::{MASK, Snippet, Tool};

const SECRET: &str = "wrt_123";
/// Login name and secret in base64.
const AUTH: &str = "YWNtZV8yLmNpOndydF8xMjM=";
/// A name, hosts with a port, and a host that a shell treats as a glob pattern.
const HOSTS: [&str; 4] = ["registry.example.test", "localhost:5000", "10.0.0.7:443", "[2001:db8::7]:5000"];

fn tools(registry: &str, secret: Option<&str>) -> Vec<Tool> {
    all(Login { registry, login_name: "acme_2.ci", secret, repository: Some("wso2-apim/*") })
}

fn snippets(registry: &str, secret: Option<&str>) -> Vec<Snippet> {
    tools(registry, secret).into_iter().flat_map(|tool| tool.snippets).collect()
}

fn text_for(registry: &str, secret: Option<&str>, what: &str) -> String {
    snippets(registry, secret).into_iter().find(|snippet| snippet.what == what).expect(what).text
}

fn text(secret: Option<&str>, what: &str) -> String {
    text_for(HOSTS[0], secret, what)
}

/// Runs a script in an empty folder. Returns the shell's output and whether it exited with 0; `None` if the shell is not
/// installed.
fn run(shell: &str, prelude: &str, text: &str, stdin: &str) -> Option<(String, bool)> {
    let script = format!("cd \"$(mktemp -d)\" || exit 9\ntrap 'rm -r \"$PWD\"' EXIT\n{prelude}\n{text}\n");
    let mut child = Command::new(shell)
        .args(["-c", &script])
        .env("SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().expect("a pipe").write_all(stdin.as_bytes()).expect("the shell reads");
    let output = child.wait_with_output().expect("the shell ends");
    Some((String::from_utf8(output.stdout).expect("text"), output.status.success()))
}

/// A shell function as a stub for a program: prints its arguments, and its input if an argument says to read it.
fn stand_in(program: &str) -> String {
    format!(
        "{program}() {{ printf '<%s>' \"$@\"; for word; do last=$word; done; \
         if [ \"$last\" = --password-stdin ]; then printf '{{%s}}' \"$(cat; echo .)\"; fi; }}"
    )
}

/// Runs a check in each installed shell. At least one must be installed.
fn in_shells(shells: &[&str], check: impl Fn(&str)) {
    let mut ran = 0;
    for shell in shells {
        if run(shell, "", "", "").is_some() {
            check(shell);
            ran += 1;
        }
    }
    assert!(ran > 0, "none of {shells:?} is here");
}

#[test]
fn only_what_says_so_holds_the_secret() {
    let mut holding = Vec::new();
    for snippet in snippets(HOSTS[0], Some(SECRET)) {
        let is_in = snippet.text.contains(AUTH) || snippet.text.contains(SECRET);
        assert_eq!(is_in, snippet.secret.is_some(), "{snippet:?}");
        assert_eq!(is_in, snippet.hint.contains("holds the secret"), "{snippet:?}");
        if is_in {
            holding.push(snippet.what);
        }
    }
    assert_eq!(holding, ["manifest", "registries.yaml file", "config.json file"]);
    for snippet in snippets(HOSTS[0], None) {
        assert!(snippet.secret.is_none() && !snippet.hint.contains("holds the secret"), "{snippet:?}");
    }
}

#[test]
fn a_masked_text_is_the_text_without_the_secret_in_any_form() {
    for snippet in snippets(HOSTS[1], Some(SECRET)) {
        let masked = snippet.masked();
        assert!(!masked.contains(AUTH) && !masked.contains(SECRET), "{masked}");
        match &snippet.secret {
            Some(secret) => assert_eq!(masked.replace(MASK, secret), snippet.text),
            None => assert_eq!(masked, snippet.text),
        }
    }
}

#[test]
fn the_file_holds_auth_and_nothing_that_docker_passes_over() {
    for host in HOSTS {
        for (secret, auth) in [(Some(SECRET), AUTH), (None, "AUTH")] {
            let file: serde_json::Value = serde_json::from_str(&text_for(host, secret, "config.json file")).expect("JSON");
            assert_eq!(file, serde_json::json!({"auths": {host: {"auth": auth}}}));
        }
    }
}

#[test]
fn a_kubernetes_name_is_one_and_the_image_is_of_the_token() {
    let manifest = text(None, "manifest");
    assert_eq!(manifest.matches("\"acme-2-ci\"").count(), 2, "{manifest}");
    assert!(manifest.contains("image: \"registry.example.test/wso2-apim/IMAGE:TAG\"\n"), "{manifest}");
    assert!(text(None, "kubectl command").contains("docker-registry acme-2-ci \\\n"));
    assert!(text(None, "ctr command").ends_with("--user acme_2.ci registry.example.test/wso2-apim/IMAGE:TAG"));
    assert_eq!(text(None, "Helm values").matches("\"acme-2-ci\"").count(), 2);
    let patch = text(None, "service account command");
    let patch = patch.strip_prefix("kubectl patch serviceaccount default -p '").and_then(|rest| rest.strip_suffix('\''));
    let patch: serde_json::Value = serde_json::from_str(patch.expect("a patch")).expect("JSON");
    assert_eq!(patch, serde_json::json!({"imagePullSecrets": [{"name": "acme-2-ci"}]}));
}

#[test]
fn every_tool_ends_with_an_example_of_the_repository() {
    for host in HOSTS {
        for Tool { name, snippets } in tools(host, None) {
            let mut texts = snippets.iter().rev().map(|snippet| snippet.text.as_str());
            let last = texts.next().expect(&name);
            // For Helm, the image is in the chart's values, which are the snippet before the last.
            let example = if name == "Helm" { texts.next().expect(&name) } else { last };
            assert!(example.contains("wso2-apim/IMAGE") && example.contains(host), "{name}: {example}");
        }
    }
    let unknown = all(Login { registry: "r.test", login_name: "a.b", secret: None, repository: None });
    assert!(unknown[0].snippets[3].text.ends_with("docker pull r.test/IMAGE:TAG"));
    let exact = all(Login { registry: "r.test", login_name: "a.b", secret: None, repository: Some("wso2-ob/obam") });
    assert_eq!(exact[1].snippets[3].text, "podman pull r.test/wso2-ob/obam:TAG");
}

/// The program of a login snippet, and the arguments before `login`.
const PROGRAMS: [(&str, &str); 4] = [("docker", ""), ("podman", ""), ("helm", "<registry>"), ("nerdctl", "")];

#[test]
fn at_a_terminal_a_login_asks_and_in_a_script_it_reads_the_secret_and_nothing_else() {
    in_shells(&["sh", "dash", "bash", "zsh", "busybox"], |shell| {
        for host in HOSTS {
            for (program, first) in PROGRAMS {
                let words = format!("{first}<login><{host}><-u><acme_2.ci>");
                // A file that the host matches if the shell treats it as a pattern.
                let prelude = format!(": > 2:5000; {}", stand_in(program));
                let terminal = text_for(host, None, &format!("{program} command"));
                assert_eq!(run(shell, &prelude, &terminal, ""), Some((words.clone(), true)), "{shell}: {terminal}");
                let script = text_for(host, None, &format!("{program} script"));
                let expected = format!("{words}<--password-stdin>{{{SECRET}.}}");
                assert_eq!(run(shell, &prelude, &script, "no"), Some((expected, true)), "{shell}: {script}");
            }
        }
    });
}

#[test]
fn powershell_reads_the_secret_from_the_environment() {
    for host in HOSTS {
        for (program, _) in PROGRAMS {
            let terminal = text_for(host, None, &format!("{program} command"));
            let script = text_for(host, None, &format!("{program} script for PowerShell"));
            assert_eq!(script, format!("$env:SECRET | {terminal} --password-stdin"));
        }
    }
    let Ok(output) = Command::new("pwsh")
        .args(["-NoProfile", "-Command"])
        .arg(format!(
            "function docker {{ \"$args\" + '|' + @($input)[0] }}; {}; {}",
            text_for(HOSTS[3], None, "docker script for PowerShell"),
            text_for(HOSTS[3], None, "docker pull"),
        ))
        .env("SECRET", SECRET)
        .output()
    else {
        return;
    };
    let said = String::from_utf8(output.stdout).expect("text");
    let host = HOSTS[3];
    let lines: Vec<&str> = said.lines().collect();
    let expected = [format!("login {host} -u acme_2.ci --password-stdin|{SECRET}"), format!("pull {host}/wso2-apim/IMAGE:TAG|")];
    assert_eq!(lines, expected);
}

#[test]
fn every_pull_names_one_image_in_every_shell() {
    in_shells(&["sh", "dash", "bash", "zsh"], |shell| {
        for host in HOSTS {
            let image = format!("<{host}/wso2-apim/IMAGE:TAG>");
            for (what, program, words) in [
                ("docker pull", "docker", "<pull>".to_owned() + &image),
                ("podman pull", "podman", "<pull>".to_owned() + &image),
                ("nerdctl pull", "nerdctl", "<pull>".to_owned() + &image),
                ("ctr command", "ctr", "<images><pull><--user><acme_2.ci>".to_owned() + &image),
                ("skopeo command", "skopeo", format!("<sync><--src><docker><--dest><docker><{host}/wso2-apim/IMAGE><MIRROR>")),
                (
                    "Argo CD command",
                    "argocd",
                    format!("<repo><add><{host}><--type><helm><--enable-oci><--name><acme-2-ci><--username><acme_2.ci>"),
                ),
            ] {
                let text = text_for(host, None, what);
                let prelude = format!("mkdir -p 2:5000/wso2-apim; : > 2:5000/wso2-apim/IMAGE:TAG; {}", stand_in(program));
                assert_eq!(run(shell, &prelude, &text, ""), Some((words, true)), "{shell}: {text}");
            }
        }
    });
}

/// A stub of kubectl that stores one secret: *create* without `--dry-run` refuses an existing one, *apply* stores its input.
const CLUSTER: &str = r#"kubectl() {
  case "$*" in
    "create secret docker-registry "*--dry-run=client*) [ -z "$broken" ] || return 7; printf '<%s>' "$@" ;;
    create*) [ ! -e secret ] || { echo AlreadyExists >&2; return 1; }; printf '<%s>' "$@" > secret ;;
    "apply -f -") read -r applied; [ -n "$applied" ] || { echo 'no objects passed to apply' >&2; return 1; }; echo "$applied" > secret ;;
  esac
}
"#;

#[test]
fn the_kubectl_command_replaces_a_secret_and_says_when_it_could_not() {
    in_shells(&["bash", "zsh"], |shell| {
        for host in HOSTS {
            let command = text_for(host, None, "kubectl command");
            let twice = format!("{command}\n{command}\necho $?; cat secret; printf '[%s]' \"${{SECRET-unset}}\"");
            let prelude = format!("unset SECRET; {CLUSTER}");
            let (said, _) = run(shell, &prelude, &twice, "wrt_old\nwrt_$new \"'x\n").expect(shell);
            let expected = format!(
                "0\n<create><secret><docker-registry><acme-2-ci><--docker-server={host}><--docker-username=acme_2.ci>\
                 <--docker-password=wrt_$new \"'x><--dry-run=client><-o><yaml>\n[unset]"
            );
            assert_eq!(said, expected, "{shell}");
            let broken = format!("broken=yes; {prelude}");
            assert!(!run(shell, &broken, &command, "wrt_new\n").expect(shell).1, "{shell}: it could not be made");
            assert!(!run(shell, &prelude, &command, "").expect(shell).1, "{shell}: nothing was pasted");
        }
    });
}

#[test]
fn the_command_under_file_prints_what_stands_in_the_file() {
    in_shells(&["bash", "zsh"], |shell| {
        let command = format!("{}; printf '[%s]' \"${{SECRET-unset}}\"", text(None, "command"));
        let (said, _) = run(shell, "unset SECRET", &command, &format!("{SECRET}\n")).expect(shell);
        assert_eq!(said, format!("{AUTH}\n[unset]"), "{shell}");
    });
}

#[test]
fn a_backup_has_the_three_values_and_the_command_that_asks() {
    for (registry, command) in [
        ("registry.example.test", "docker login registry.example.test -u acme.ci"),
        ("[::1]:5000", "docker login \"[::1]:5000\" -u acme.ci"),
    ] {
        let expected = format!("Registry: {registry}\nLogin name: acme.ci\nToken Secret: wrt_123\n\n{command}\n");
        assert_eq!(backup(registry, "acme.ci", SECRET), expected);
    }
}
