//! Measures the token page in a browser, compared with the same page in React, with 10,000 and with 100,000 tokens.
//!
//! Creates a project with the given number of tokens, starts the release binary, and runs `bench/table/measure.mjs`, which
//! describes what is measured and how the two pages are kept comparable. `bench/table/lighthouse.mjs` prints Lighthouse's
//! results for our page. `bench/table/arrival.mjs` prints how soon a page reached by a link renders its response. Started by
//! `make bench`.

mod support;

#[path = "table/seed.rs"]
mod seed;

use std::process::Command;

use support::{Folder, Outcome, server::Server};

const SIZES: [usize; 2] = [10_000, 100_000];
/// The size for which Lighthouse and the navigation are measured.
const LIGHTHOUSE: usize = 10_000;
const PASSWORD: &str = "of the benchmark";

fn main() -> Outcome<()> {
    SIZES.into_iter().try_for_each(measure)
}

fn measure(tokens: usize) -> Outcome<()> {
    let folder = Folder::new()?;
    tokio::runtime::Runtime::new()?.block_on(seed::seed(folder.path(), tokens, PASSWORD))?;
    let portal = Server::portal(folder.path())?;
    let url = format!("http://{}", portal.address);
    let list = folder.path().join("tokens.json").display().to_string();
    node("bench/table/measure.mjs", &[&url, seed::ADMIN, PASSWORD, &list])?;
    if tokens == LIGHTHOUSE {
        node("bench/table/lighthouse.mjs", &[&url, seed::ADMIN, PASSWORD])?;
        node("bench/table/arrival.mjs", &[&url, seed::ADMIN, PASSWORD])?;
    }
    Ok(())
}

fn node(script: &str, arguments: &[&str]) -> Outcome<()> {
    let ended = Command::new("node").arg(script).args(arguments).status()?;
    if ended.success() { Ok(()) } else { Err(format!("{script}: {ended}").into()) }
}
