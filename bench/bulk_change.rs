//! Measures how long a bulk change holds the write lock: *Disable* of 1,000 of 10,000 tokens, in calls of 100 as on the page.
//!
//! A call lasts as long as its transaction, so its duration is the time for which other changes wait. Runs on SQLite and, if
//! `TEST_POSTGRES_URL` is set, on PostgreSQL in a database of its own. Started by `make bench`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

#[expect(dead_code, reason = "what other benchmarks use")]
mod support;

#[expect(dead_code, reason = "what other benchmarks use")]
#[path = "table/seed.rs"]
mod seed;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use registry_tokens::{
    models::bulk::BulkAction,
    server::{accounts::store as accounts, actor::Actor, client_info::ClientInfo, state::AppState, tokens::bulk},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use support::{Folder, Outcome};

const TOKENS: usize = 10_000;
const CHANGED: usize = 1_000;
/// Tokens per call.
const CHUNK: usize = 100;
const RUNS: usize = 5;

fn main() -> Outcome<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let folder = Folder::new()?;
        measure("SQLite", support::open_at(folder.path(), None).await?).await?;
        match std::env::var("TEST_POSTGRES_URL") {
            Ok(server) => on_postgres(&server, folder.path()).await,
            Err(_) => Ok(()),
        }
    })
}

/// Measures in a new PostgreSQL database and drops it afterwards.
async fn on_postgres(server: &str, folder: &Path) -> Outcome<()> {
    let name = format!("registry_tokens_bench_{}", std::process::id());
    let mut admin = PgConnection::connect(server).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await?;
    let mut url = url::Url::parse(server)?;
    url.set_path(&name);
    // A separate data folder: the keys in the first one belong to the SQLite database.
    let done = match support::open_at(&folder.join("postgres"), Some(url.as_str())).await {
        Ok(state) => measure("PostgreSQL", state).await,
        Err(cause) => Err(cause),
    };
    sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut admin).await?;
    done
}

async fn measure(database: &str, state: AppState) -> Outcome<()> {
    let rows = seed::fill(&state, TOKENS).await?;
    let user = accounts::user_by_email(&mut state.db.reader(), seed::ADMIN).await?.ok_or("no user")?;
    let origin = ClientInfo { address: "192.0.2.1".to_owned(), client: "bench".to_owned() };
    let actor = Actor { user_id: user.id, email: user.email, name: user.name, origin };
    let ids: Vec<String> = rows.iter().step_by(TOKENS / CHANGED).map(|row| row.id.clone()).collect();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        times.push(change(&state, &actor, &ids, &BulkAction::Disable { reason: "leaked".to_owned() }).await?);
        change(&state, &actor, &ids, &BulkAction::Enable).await?;
    }
    state.db.close().await;
    times.sort_unstable();
    println!(
        "Disable of {CHANGED} of {TOKENS} tokens, {database}: the write lock is held for {:.1} ms in {} calls (median of {RUNS} runs)",
        times[RUNS / 2].as_secs_f64() * 1e3,
        ids.len() / CHUNK
    );
    Ok(())
}

/// Changes the tokens and returns the total duration of the calls.
async fn change(state: &AppState, actor: &Actor, ids: &[String], action: &BulkAction) -> Outcome<Duration> {
    let mut took = Duration::ZERO;
    for chunk in ids.chunks(CHUNK) {
        let begun = Instant::now();
        let outcome = bulk::change(state, actor, "BENCH", chunk, action).await.map_err(|error| format!("{error:?}"))?;
        took += begun.elapsed();
        if outcome.done.len() != chunk.len() {
            return Err(format!("{} of {} tokens were changed", outcome.done.len(), chunk.len()).into());
        }
    }
    Ok(took)
}
