//! The first start with a database.

use std::str::FromStr;

use futures_util::future::join_all;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, postgres::PgConnectOptions};

use crate::{
    server::{db::Database, state::AppState},
    tests::support::{TestApp, on_both},
};

on_both! {
    several_processes_that_start_at_once_create_one_database,
    a_database_that_cannot_hold_every_text_is_refused,
}

async fn several_processes_that_start_at_once_create_one_database(app: TestApp) {
    let mut config = app.state.config.clone();
    if app.is_sqlite() {
        config.data = config.data.join("new");
        config.database_url = format!("sqlite:{}", config.data.join("new.sqlite").display()).into();
    }
    let opened = join_all((0..4).map(|_| AppState::open(config.clone(), app.state.clock.clone()))).await;
    for state in opened {
        state.expect("it opens").db.close().await;
    }
}

async fn a_database_that_cannot_hold_every_text_is_refused(app: TestApp) {
    if app.is_sqlite() {
        return;
    }
    let own = PgConnectOptions::from_str(&app.state.config.database_url).expect("a URL");
    let name = format!("{}_latin", own.get_database().expect("a name"));
    let mut connection = own.connect().await.expect("the server answers");
    let create = format!("CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    connection.execute(AssertSqlSafe(create)).await.expect("it is created");
    let refused = Database::connect(own.clone().database(&name).to_url_lossy().as_ref()).await.err();
    connection.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("it is dropped");
    connection.close().await.expect("it ends");
    let refused = refused.expect("it is refused");
    assert!(refused.ends_with("has the encoding LATIN1: create it with the encoding UTF8"), "{refused}");
}
