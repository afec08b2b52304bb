//! Where the database of a `DATABASE_URL` is; of SQLite, whether its file is there, and how it is made.

use std::{fs, path::PathBuf, str::FromStr};

use sqlx::postgres::PgConnectOptions;

use crate::server::files::data_files::{self, Reader};

use super::database_url::SqliteUrl;

/// Where a database is, without its password: a file, or a server and a name on it.
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

/// Whether a file is named that does not exist, or holds nothing: no database was made there yet.
pub fn is_missing(url: &str) -> bool {
    file(url).is_some_and(|file| fs::metadata(file).map_or(true, |file| file.len() == 0))
}

/// Makes the file, empty, with its folder, where it is missing. SQLite gives its other files the owner of this one.
///
/// # Errors
/// One line that names the file and says why not.
pub fn make(url: &str, reader: Reader) -> Result<(), String> {
    let Some(file) = file(url) else { return Ok(()) };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        data_files::make_folder(folder)?;
    }
    data_files::make_empty(&file, reader).map(|_| ())
}

/// None of another database, and none of an address that is refused, such as one in memory.
fn file(url: &str) -> Option<PathBuf> {
    SqliteUrl::parse(url.strip_prefix("sqlite:")?).ok().map(|url| url.path)
}

#[cfg(test)]
mod tests {
    use super::{file, place};

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
    fn a_database_in_memory_has_no_file() {
        for url in ["sqlite::memory:", "sqlite:file.db?mode=memory", "postgres://localhost/tokens"] {
            assert_eq!(file(url), None, "{url}");
        }
    }
}
