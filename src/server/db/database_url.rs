//! `DATABASE_URL`: `sqlite:PATH` or `sqlite://PATH?mode=rwc`, parsed like sqlx does, or `postgres://…`.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use percent_encoding::percent_decode_str;
use sqlx::postgres::PgConnectOptions;

/// A `DATABASE_URL`. It may contain a password, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl std::ops::Deref for DatabaseUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// Checks that [`Database::connect`](super::Database::connect) can open a `DATABASE_URL`, or that it is empty. Opens nothing.
///
/// # Errors
/// What is wrong with it, without the password, to follow the value.
pub fn check(url: &str) -> Result<(), String> {
    if url.is_empty() {
        Ok(())
    } else if let Some(path) = url.strip_prefix("sqlite:") {
        SqliteUrl::parse(path).map(|_| ())
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        PgConnectOptions::from_str(url).map(|_| ()).map_err(|cause| format!("cannot be read: {cause}"))
    } else {
        Err("must start with sqlite: or postgres://".to_owned())
    }
}

/// A `DATABASE_URL` for error messages. Of other databases than SQLite it shows only the scheme, because a password may
/// follow.
pub fn shown(url: &str) -> String {
    match url.split_once("://") {
        _ if url.starts_with("sqlite:") => format!("{url:?}"),
        Some((scheme, _)) => format!("{:?}", format!("{scheme}://…")),
        None => "the value".to_owned(),
    }
}

/// A SQLite database in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteUrl {
    pub path: PathBuf,
    /// Whether to create the file and its folder if missing.
    pub create: bool,
}

impl SqliteUrl {
    /// Parses the part after `sqlite:`: a path, in which `%` and `?` are percent-encoded, and parameters.
    ///
    /// # Errors
    /// What is wrong and what to write instead, to follow the value.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix("//").unwrap_or(text);
        let (path, parameters) = text.split_once('?').unwrap_or((text, ""));
        let path = percent_decode_str(path).decode_utf8().map_err(|_| "holds a % that stands for no text in UTF-8")?;
        if path == ":memory:" {
            return Err(MEMORY.to_owned());
        }
        let name = Path::new(&*path).file_name().unwrap_or_default().to_string_lossy();
        if name.is_empty() || path.ends_with('/') {
            return Err("names no file: write sqlite:PATH, such as sqlite:data/registry-tokens.sqlite".to_owned());
        }
        if path.starts_with("file:") || name.contains('?') || path.contains(char::is_control) {
            return Err("is no path of a file: write sqlite:PATH without file:, question marks and control characters".to_owned());
        }
        let mut create = true;
        for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
            match (&*name, &*value) {
                ("mode", "rwc") => create = true,
                ("mode", "rw") => create = false,
                ("mode", "memory") => return Err(MEMORY.to_owned()),
                ("mode", "ro") => return Err("is read-only: the portal must write, so use mode=rwc or mode=rw".to_owned()),
                ("cache", "private") | ("immutable", "false" | "0") => {}
                _ => return Err(format!("has the parameter {name}={value}: only mode=rwc and mode=rw are known here")),
            }
        }
        Ok(Self { path: PathBuf::from(&*path), create })
    }

    /// Formats a path as a `sqlite:` URL.
    pub fn write(path: &Path) -> String {
        format!("sqlite:{}", path.display().to_string().replace('%', "%25").replace('?', "%3F"))
    }
}

const MEMORY: &str = "is in memory, where it is lost at the end and seen by one connection only: name a file, such as \
                      sqlite:data/registry-tokens.sqlite";

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::SqliteUrl;

    #[test]
    fn a_path_is_read_as_sqlx_reads_it() {
        for (text, path, create) in [
            ("tokens.db", "tokens.db", true),
            ("//tokens.db", "tokens.db", true),
            ("///var/lib/tokens.db", "/var/lib/tokens.db", true),
            ("/var/lib/tokens.db?mode=rwc", "/var/lib/tokens.db", true),
            ("//data/tokens.db?mode=rw", "data/tokens.db", false),
            ("//my%20data/tok%65ns.db?mode=rwc&cache=private", "my data/tokens.db", true),
            ("a%25b.db", "a%b.db", true),
            ("what%3F/tokens.db", "what?/tokens.db", true),
            ("100%.db", "100%.db", true),
            ("caf%C3%A9.db?immutable=false", "café.db", true),
        ] {
            let expected = SqliteUrl { path: path.into(), create };
            assert_eq!(SqliteUrl::parse(text), Ok(expected), "{text}");
        }
        for path in ["/srv/50%20?/a b.db", "data/registry-tokens.sqlite"] {
            let text = SqliteUrl::write(Path::new(path));
            let read = SqliteUrl::parse(text.strip_prefix("sqlite:").expect("the scheme"));
            assert_eq!(read.map(|url| url.path).as_deref(), Ok(Path::new(path)));
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        for (text, said) in [
            ("", "names no file"),
            ("//", "names no file"),
            ("?mode=rwc", "names no file"),
            ("data/", "names no file"),
            ("//data/..", "names no file"),
            (":memory:", "in memory"),
            ("//:memory:", "in memory"),
            (":memory:?cache=shared", "in memory"),
            ("tokens.db?mode=memory", "in memory"),
            ("tokens.db?mode=ro", "read-only"),
            ("tokens.db?mode=rwx", "mode=rwx"),
            ("tokens.db?cache=shared", "cache=shared"),
            ("tokens.db?vfs=unix-none", "vfs=unix-none"),
            ("tokens.db?_pragma=journal_mode", "_pragma"),
            ("file:tokens.db", "without file:"),
            ("tokens.db%3Fmode=rwc", "question marks"),
            ("tok%00ens.db", "control characters"),
            ("tok%FFens.db", "UTF-8"),
        ] {
            let error = SqliteUrl::parse(text).expect_err(text);
            assert!(error.contains(said) && !error.contains('\n'), "{text}: {error}");
        }
    }
}
