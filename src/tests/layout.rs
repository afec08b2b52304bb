//! SQL is allowed only in the `store.rs` of each feature and in `server/db`, so that all uses of a table are easy to find.

use std::{fs, path::Path};

/// The first words of our SQL statements.
const STATEMENTS: [&str; 4] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "];

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Whether a line has a string literal that starts with an SQL statement.
fn has_sql(line: &str) -> bool {
    let texts = line.split('"').skip(1).step_by(2);
    let begins = |text: &str| STATEMENTS.iter().any(|statement| text.starts_with(statement));
    !line.trim_start().starts_with("//") && texts.into_iter().any(begins)
}

#[test]
fn sql_stands_in_stores_and_in_the_database_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let mut with_sql = Vec::new();
    for path in all {
        let name = path.strip_prefix(&source).expect("it is below").to_string_lossy().replace('\\', "/");
        if !name.starts_with("tests/") && fs::read_to_string(&path).expect("text").lines().any(has_sql) {
            with_sql.push(name);
        }
    }
    let is_its_place = |name: &String| name.starts_with("server/db/") || name.ends_with("/store.rs");
    let (right, wrong): (Vec<_>, Vec<_>) = with_sql.into_iter().partition(is_its_place);
    assert_eq!(wrong, Vec::<String>::new());
    assert!(right.iter().filter(|name| name.ends_with("/store.rs")).count() >= 6, "{right:?}");
}

#[test]
fn a_statement_is_known_by_its_beginning() {
    for sql in [
        "    let sql = \"DELETE FROM users\";",
        "conn.all(\"SELECT a FROM b\", &[])",
        "(\"x\", \"UPDATE a SET b = 1\")",
        "f(\"INSERT INTO a (b)\",",
    ] {
        assert!(has_sql(sql), "{sql}");
    }
    for other in ["// such as \"SELECT 1\"", "let text = \"Choose what to SELECT \";", "SELECT", "say(\"Update it\")"] {
        assert!(!has_sql(other), "{other}");
    }
}
