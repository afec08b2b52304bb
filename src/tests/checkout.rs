//! A checkout with CRLF line endings configured has the same bytes as any other checkout.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A temporary Git repository; removed on drop.
struct Repository(PathBuf);

impl Repository {
    fn git(&self, arguments: &[&str]) {
        let settings =
            ["user.name=test", "user.email=test@acme.example", "core.autocrlf=true", "core.eol=crlf", "core.safecrlf=false"];
        let mut command = Command::new("git");
        // Ignores the user's Git settings, and GIT_* variables in case Git itself runs the tests.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").current_dir(&self.0);
        command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_checkout_has_the_bytes_of_the_repository_whatever_git_is_set_to() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = Repository(
        std::env::temp_dir().join(format!("registry_tokens_checkout_{:016x}", crate::server::random::Random::System.number())),
    );
    let files = [
        ".gitattributes",
        "Cargo.toml",
        "Leptos.toml",
        "migrations/0001_schema.sql",
        "migrations/sqlite/0002_audit_append_only.sql",
        "migrations/postgres/0002_audit_append_only.sql",
        "src/tests/support/catalogue.json",
        "style/main.css",
        "tools/lib.sh",
        "Makefile",
    ];
    let read = |folder: &Path, file: &str| fs::read(folder.join(file)).unwrap_or_else(|cause| panic!("{file}: {cause}"));
    for file in files {
        let copy = repository.0.join(file);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::write(&copy, read(root, file)).expect("a file");
    }
    // Binary files must keep their CRLF bytes. Text files with CRLF are committed with LF.
    fs::write(repository.0.join("picture.png"), b"\x89PNG\r\n\x1a\n\n\r\n").expect("a file");
    fs::write(repository.0.join("notes.txt"), b"one\r\ntwo\r\n").expect("a file");
    repository.git(&["init", "--quiet"]);
    repository.git(&["add", "--all"]);
    repository.git(&["commit", "--quiet", "--message", "all"]);
    for file in files.iter().skip(1).chain(&["picture.png", "notes.txt"]) {
        fs::remove_file(repository.0.join(file)).expect("it is there");
    }
    repository.git(&["checkout", "--", "."]);
    for file in files {
        let bytes = read(&repository.0, file);
        assert!(bytes == read(root, file) && !bytes.contains(&b'\r'), "{file}");
    }
    assert_eq!(read(&repository.0, "picture.png"), b"\x89PNG\r\n\x1a\n\n\r\n");
    assert_eq!(read(&repository.0, "notes.txt"), b"one\ntwo\n");
}
