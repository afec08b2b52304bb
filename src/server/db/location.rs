//! The location of the database of a `DATABASE_URL`. For SQLite also: whether its file exists, and its creation.

use std::{fs, path::PathBuf, str::FromStr};

use sqlx::postgres::PgConnectOptions;

use crate::server::files::data_files::{self, Reader};

use super::database_url::SqliteUrl;

/// A database's location without its password: a file, or a server and a database name.
pub fn place(url: &str) -> String {
    if let Some(file) = file(url) {
        return file.display().to_string();
    }
    match PgConnectOptions::from_str(url) {
        Ok(options) => {
            let name = options.get_database().unwrap_or(options.get_username());
            format!("{name} on {}:{}", options.get_host(), options.get_port())
        }
        Err(_) => "of DATABASE_URL".to_owned(),
    }
}

/// Whether the URL names a SQLite file that does not exist or is empty: no database was created there yet.
pub fn is_missing(url: &str) -> bool {
    file(url).is_some_and(|file| fs::metadata(file).map_or(true, |file| file.len() == 0))
}

/// Whether the URL names a SQLite file.
pub fn is_file(url: &str) -> bool {
    file(url).is_some()
}

/// Creates the empty SQLite file and its folder if missing, accessible only for the owner. SQLite gives its other files the same
/// owner and mode.
///
/// # Errors
/// One line that names the file and the cause; also if the URL says `mode=rw`, and the file does not exist.
pub fn make(url: &str, reader: Reader) -> Result<(), String> {
    let Some(SqliteUrl { path: file, create }) = sqlite(url) else { return Ok(()) };
    if !create && !file.exists() {
        return Err(format!("the database {} does not exist, and mode=rw in DATABASE_URL creates none", file.display()));
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        data_files::make_folder(folder)?;
    }
    data_files::make_empty(&file, reader).map(|_| ())
}

/// The SQLite file; `None` for another database, and for a refused URL such as one in memory.
fn file(url: &str) -> Option<PathBuf> {
    sqlite(url).map(|url| url.path)
}

fn sqlite(url: &str) -> Option<SqliteUrl> {
    SqliteUrl::parse(url.strip_prefix("sqlite:")?).ok()
}

#[cfg(test)]
mod tests {
    use super::{file, make, place};
    use crate::server::files::data_files::Reader;

    #[test]
    fn a_database_is_named_without_its_password() {
        for (url, named) in [
            ("sqlite:data/a.sqlite", "data/a.sqlite"),
            ("sqlite:///var/lib/a.sqlite", "/var/lib/a.sqlite"),
            ("postgres://portal:s3cret@db.example.test:5433/tokens", "tokens on db.example.test:5433"),
            ("postgresql://portal:s3cret@db.example.test", "portal on db.example.test:5432"),
        ] {
            assert_eq!(place(url), named);
        }
    }

    #[test]
    fn a_database_that_must_exist_is_not_created() {
        let folder = std::env::temp_dir().join(format!("registry-tokens-location-{}", std::process::id()));
        let url = format!("sqlite:{}/a.sqlite?mode=rw", folder.display());
        let error = make(&url, Reader::ThisProcess).expect_err("it does not exist");
        assert!(error.ends_with("a.sqlite does not exist, and mode=rw in DATABASE_URL creates none"), "{error}");
        assert!(!folder.exists());
    }

    #[test]
    fn a_database_in_memory_has_no_file() {
        for url in ["sqlite::memory:", "sqlite:file.db?mode=memory", "postgres://localhost/tokens"] {
            assert_eq!(file(url), None, "{url}");
        }
    }
}
