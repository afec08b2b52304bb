//! The operator's commands: what they create, what they print without any data, and how they handle a failing standard output.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    sync::Mutex,
};

use crate::{
    cli::run_with,
    server::{clock::Clock, files::data_files::Reader, state::AppState},
};

use crate::tests::support::{
    TestApp,
    catalogue::{CAROL, DAVE, original},
    commands::{command, failing},
    on_both,
};

on_both! {
    a_command_that_only_asks_makes_nothing,
    what_is_made_is_said_once_and_in_full,
    a_database_of_another_version_is_named,
    a_key_is_not_made_anew_for_a_database_that_has_one,
    an_output_that_fails_is_one_line,
    a_publisher_whose_secret_nobody_has_seen_is_not_kept,
    what_a_command_did_is_said_though_it_cannot_be_shown,
    what_is_made_belongs_to_the_folders_owner,
}

/// Writes the test catalogue to a file and returns its path.
fn catalogue(app: &TestApp) -> String {
    let file = app.state.config.data.with_file_name("catalogue.json");
    fs::write(&file, original().to_string()).expect("a file");
    file.display().to_string()
}

/// The sorted names of the entries of a folder; empty if the folder does not exist.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

async fn a_command_that_only_asks_makes_nothing(app: TestApp) {
    let file = catalogue(&app);
    let mut config = app.empty("nothing").await;
    let folder = config.data.display().to_string();
    let place =
        if app.is_sqlite() { format!("{folder}/tokens.sqlite") } else { format!("{} on ", database_name(&config.database_url)) };
    for with_keys in [false, true] {
        for arguments in [
            &["keys", "rotate"][..],
            &["keys", "rotate", "--switch"],
            &["import", &file, "--dry-run"],
            &["user", "set-password", CAROL],
            &["user", "deactivate", CAROL],
            &["publisher", "create", "ci-push", "--repositories", "wso2-apim/*"],
            &["publisher", "delete", "ci-push"],
        ] {
            let is_of_keys = arguments[0] == "keys";
            if is_of_keys && with_keys {
                continue;
            }
            let error = command(&config, arguments).await.expect_err("there is nothing");
            assert!(error.contains(&folder) && !error.contains('\n'), "{arguments:?}: {error}");
            assert!(is_of_keys || error.contains(&place), "{arguments:?}: {error}");
            assert!(!error.contains("password"), "{arguments:?}: {error}");
            let expected: &[&str] = if with_keys { &["signing-keys.json"] } else { &[] };
            assert_eq!(
                (names(&config.data), config.data.exists()),
                (expected.iter().map(|name| (*name).to_owned()).collect(), with_keys)
            );
            assert_eq!(app.tables_of_nothing().await, 0, "{arguments:?}");
        }
        // The two commands that README runs first create the signing keys and nothing else.
        command(&config, &["keys", "certificate"]).await.expect("a certificate");
        command(&config, &["keys", "jwks"]).await.expect("keys");
        assert_eq!(names(&config.data), ["signing-keys.json"]);
    }
    // An empty file is not a database.
    if app.is_sqlite() {
        let empty = config.data.join("empty.sqlite");
        fs::write(&empty, "").expect("a file");
        config.database_url = format!("sqlite:{}", empty.display()).into();
        command(&config, &["user", "deactivate", CAROL]).await.expect_err("there is nothing");
        assert_eq!(fs::metadata(&empty).expect("a file").len(), 0);
    }
}

/// The database name in a PostgreSQL URL.
fn database_name(url: &str) -> String {
    url.rsplit('/').next().and_then(|rest| rest.split('?').next()).unwrap_or_default().to_owned()
}

async fn what_is_made_is_said_once_and_in_full(app: TestApp) {
    let config = app.empty("made").await;
    let said = Mutex::new(Vec::new());
    let note = |what: &str| said.lock().expect("a list").push(what.to_owned());
    for _ in 0..2 {
        let state = AppState::open_or_make(config.clone(), Clock::System, Reader::FolderOwner, &note).await.expect("it opens");
        state.db.close().await;
    }
    let said = said.into_inner().expect("a list");
    let folder = config.data.display().to_string();
    let mut made = vec!["the data folder", "the tables", "the key that hashes", "the signing key"];
    if app.is_sqlite() {
        made.insert(1, "the database");
    }
    assert_eq!(said.len(), made.len(), "{said:?}");
    for (line, what) in said.iter().zip(made) {
        assert!(line.starts_with(what) && (line.contains(&folder) || line.contains(" on ")), "{line}");
    }
    // The other commands need nothing more than what was created.
    let file = catalogue(&app);
    assert!(command(&config, &["import", &file, "--dry-run"]).await.is_ok_and(|text| text.contains("nothing was changed")));
    command(&config, &["import", &file]).await.expect("it is imported");
    command(&config, &["user", "deactivate", CAROL]).await.expect("she is deactivated");
    command(&config, &["keys", "rotate"]).await.expect("a next key");
    assert_eq!(command(&config, &["migrate"]).await.as_deref(), Ok("The database is up to date.\n"));
}

async fn a_database_of_another_version_is_named(app: TestApp) {
    let newest = app.number("SELECT max(version) FROM _sqlx_migrations", &[]).await;
    let renumber = "UPDATE _sqlx_migrations SET version = $1 WHERE version = $2";
    for (version, said) in [(newest + 1, "newer version"), (0, "older version")] {
        app.execute(renumber, &[version.into(), newest.into()]).await;
        let before = app.dump().await;
        for arguments in [&["user", "deactivate", CAROL][..], &["publisher", "delete", "x"]] {
            let error = app.command(arguments).await.expect_err("other tables");
            assert!(error.contains(said) && error.contains("data folder") && !error.contains('\n'), "{error}");
        }
        assert_eq!(app.dump().await, before);
        app.execute(renumber, &[newest.into(), version.into()]).await;
    }
}

async fn a_key_is_not_made_anew_for_a_database_that_has_one(app: TestApp) {
    let key = app.state.config.data.join("secret-hashing.key");
    let aside = key.with_extension("aside");
    fs::rename(&key, &aside).expect("it is there");
    for arguments in [&["migrate"][..], &["user", "deactivate", CAROL], &["publisher", "delete", "x"]] {
        let error = app.command(arguments).await.expect_err("the key is missing");
        assert!(error.contains("secret-hashing.key") && !key.exists(), "{error}");
    }
    fs::rename(&aside, &key).expect("it is there");
    app.command(&["migrate"]).await.expect("all is there");
}

async fn an_output_that_fails_is_one_line(app: TestApp) {
    let file = catalogue(&app);
    app.command(&["keys", "rotate"]).await.expect("a next key");
    for mut out in failing() {
        for arguments in [
            &["--help"][..],
            &["--version"],
            &["keys", "--help"],
            &["keys", "certificate"],
            &["keys", "jwks"],
            &["import", &file],
            &["import", &file, "--dry-run"],
            &["user", "deactivate", DAVE],
            &["publisher", "create", "ci-push", "--repositories", "wso2-apim/*"],
            &["migrate"],
        ] {
            let failed = run_with(arguments, app.state.config.clone(), &mut out).await;
            let error = failed.expect_err("it could not be written");
            assert!(error.contains("cannot write to standard output") && !error.contains('\n'), "{arguments:?}: {error}");
        }
    }
}

async fn a_publisher_whose_secret_nobody_has_seen_is_not_kept(app: TestApp) {
    for (n, mut out) in failing().into_iter().enumerate() {
        let name = format!("ci-push-{n}");
        let create = ["publisher", "create", &name, "--repositories", "wso2-apim/*"];
        let error = run_with(&create, app.state.config.clone(), &mut out).await.expect_err("nobody has seen it");
        assert!(error.contains(&name) && error.contains("not kept"), "{error}");
        assert_eq!(app.number("SELECT count(*) FROM publishers", &[]).await, 0);
        let shown = app.command(&create).await.expect("the name is free");
        let secret = shown.lines().find_map(|line| line.strip_prefix("Token Secret: ")).expect("a secret");
        assert!(app.lets_in(&name, secret).await);
        app.command(&["publisher", "delete", &name]).await.expect("it is deleted");
    }
    assert_eq!(app.audit("publisher.created").await.len(), app.audit("publisher.deleted").await.len());
}

async fn what_a_command_did_is_said_though_it_cannot_be_shown(app: TestApp) {
    let file = catalogue(&app);
    for mut out in failing() {
        app.command(&["publisher", "create", "gone", "--repositories", "a/b"]).await.expect("a publisher");
        app.reimport_catalogue(|catalogue| catalogue["users"][0]["name"] = "Another name".into()).await;
        for (arguments, done) in [
            (&["keys", "rotate"][..], "next key is made"),
            (&["keys", "rotate", "--switch"], "signs from now on"),
            (&["import", &file, "--dry-run"], "nothing was changed"),
            (&["import", &file], "import is done"),
            (&["user", "deactivate", DAVE], "is deactivated"),
            (&["publisher", "delete", "gone"], "is deleted"),
        ] {
            let failed = run_with(arguments, app.state.config.clone(), &mut out).await;
            let error = failed.expect_err("it could not be written");
            assert!(error.contains(done), "{arguments:?}: {error}");
        }
        assert_eq!(
            app.command(&["import", &file]).await.expect("it is imported").lines().last(),
            Some("1 changes."),
            "Dave alone"
        );
        assert_eq!(app.number("SELECT count(*) FROM publishers", &[]).await, 0);
    }
}

async fn what_is_made_belongs_to_the_folders_owner(app: TestApp) {
    let config = app.empty("owned").await;
    fs::create_dir(&config.data).expect("a folder");
    // Works only as root; otherwise the folder keeps the test's own user.
    let _ = chown(&config.data, Some(4711), Some(4712));
    let owner = |path: &Path| fs::metadata(path).map(|file| (file.uid(), file.gid())).expect("it is there");
    let file = catalogue(&app);
    for arguments in [
        &["keys", "certificate"][..],
        &["migrate"],
        &["import", &file],
        &["keys", "rotate"],
        &["keys", "rotate", "--switch"],
        &["publisher", "create", "ci-push", "--repositories", "a/b"],
    ] {
        command(&config, arguments).await.expect("it is done");
        for name in names(&config.data) {
            assert_eq!(owner(&config.data.join(&name)), owner(&config.data), "{arguments:?}: {name}");
        }
    }
    assert!(names(&config.data).contains(&"secret-hashing.key".to_owned()));
    // A running portal picks up the new key, whoever owns the file.
    let keys = app.state.config.data.join("signing-keys.json");
    let _ = chown(&keys, Some(4713), Some(4714));
    let before = owner(&keys);
    app.command(&["keys", "rotate"]).await.expect("a next key");
    assert_eq!(owner(&keys), before);
    assert_eq!(app.browser().get("/.well-known/jwks.json").await.json()["keys"].as_array().map(Vec::len), Some(2));
}
