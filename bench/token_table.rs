//! The token page in a browser, beside the same page in React, with 10,000 and with 100,000 tokens.
//!
//! Makes a project with a given number of tokens, starts the release binary, and has `bench/table/measure.mjs` measure and print:
//! it says what is measured, and how the two are kept alike. `bench/table/lighthouse.mjs` prints Lighthouse's verdict on
//! our page, `bench/table/arrival.mjs` how soon a page that is reached by a link shows its answer. Run by `make bench`.

mod support;

#[path = "table/seed.rs"]
mod seed;

use std::process::Command;

use support::{Folder, Outcome, server::Server};

const SIZES: [usize; 2] = [10_000, 100_000];
/// Lighthouse is asked about this size.
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
