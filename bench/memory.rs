//! Measures the resident memory of the server after heavy load.
//!
//! Starts the release binary on SQLite with 10,000 tokens in one project and applies the same load twice, with eight concurrent
//! clients: refused logins, correct and wrong sign-ins, and the whole token list as a page and as CSV. Prints the resident
//! memory at the start and after each load. Started by `make bench`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

mod support;

#[path = "support/resident.rs"]
mod resident;

#[path = "table/seed.rs"]
mod seed;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use support::{Folder, Outcome, server::Server};

const TOKENS: usize = 10_000;
const LOGINS: usize = 5_000;
const SIGN_INS: usize = 400;
const LISTS: usize = 100;
/// Concurrent clients.
const CLIENTS: usize = 8;
const PASSWORD: &str = "of the benchmark";
/// Upper limit of the resident memory in MB.
const BAR: f64 = 60.0;
/// Delay between the last response and reading the memory: allocators return memory late.
const SETTLE: Duration = Duration::from_secs(5);

fn main() -> Outcome<()> {
    let folder = Folder::new()?;
    tokio::runtime::Runtime::new()?.block_on(seed::seed(folder.path(), TOKENS, PASSWORD))?;
    let portal = Portal(Server::portal(folder.path())?);
    let mut resident = vec![portal.settled()?];
    for _ in 0..2 {
        portal.work()?;
        resident.push(portal.settled()?);
    }
    let verdict = if resident.iter().all(|&megabytes| megabytes <= BAR) { "met" } else { "missed" };
    println!(
        "registry-tokens, {TOKENS} tokens, resident: {:.0} MB at the start, {:.0} MB after {LOGINS} refused logins, {SIGN_INS} sign-ins and \
         {LISTS} lists as a page and as CSV, {:.0} MB after the same again; the bar is {BAR} MB: {verdict}",
        resident[0], resident[1], resident[2]
    );
    Ok(())
}

struct Portal(Server);

impl Portal {
    /// Resident memory in MB, after the allocator has had time to return unused memory.
    fn settled(&self) -> Outcome<f64> {
        std::thread::sleep(SETTLE);
        resident::resident(&self.0)
    }

    fn work(&self) -> Outcome<()> {
        self.many(LOGINS, &[401], |n| {
            let wrong = STANDARD.encode(format!("bench.wrong-{}:wrt_wrong", n % 100));
            let headers = format!("Authorization: Basic {wrong}\r\nX-Forwarded-For: {}\r\n", address(n));
            self.ask("GET /token?service=registry.example.test&scope=repository:wso2-apim/app:pull", &headers, "")
        })?;
        self.many(SIGN_INS, &[303, 401], |n| self.sign_in(n))?;
        let cookie = cookie(&self.sign_in(0)?)?;
        for path in ["/projects/BENCH/registry-tokens", "/projects/BENCH/registry-tokens.csv"] {
            let headers = format!("Cookie: {cookie}\r\nAccept-Encoding: gzip\r\n");
            self.many(LISTS, &[200], |_| self.ask(&format!("GET {path}"), &headers, ""))?;
        }
        Ok(())
    }

    /// Signs in; odd numbers send a wrong password and are refused.
    fn sign_in(&self, n: usize) -> Outcome<String> {
        let password = if n.is_multiple_of(2) { PASSWORD } else { "another" };
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("email", seed::ADMIN), ("password", password), ("next", "")])
            .finish();
        let headers = format!(
            "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {}\r\n",
            address(n)
        );
        self.ask("POST /sign-in", &headers, &form)
    }

    /// Sends `times` requests from all clients concurrently and checks the status of each response.
    fn many(&self, times: usize, statuses: &[u16], ask: impl Fn(usize) -> Outcome<String> + Sync) -> Outcome<()> {
        let client = |first: usize| -> Result<(), String> {
            for n in (first..times).step_by(CLIENTS) {
                let answer = ask(n).map_err(|cause| cause.to_string())?;
                let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status line")?;
                if !statuses.contains(&status) {
                    return Err(format!("status {status}: {answer}"));
                }
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..CLIENTS).map(|first| scope.spawn(move || client(first))).collect();
            running.into_iter().try_for_each(|client| client.join().map_err(|_| "a client panicked")?.map_err(Into::into))
        })
    }

    /// Sends one request on a new connection; returns the response's head and body.
    fn ask(&self, request: &str, headers: &str, body: &str) -> Outcome<String> {
        let (address, length) = (&self.0.address, body.len());
        let mut connection = TcpStream::connect(address)?;
        write!(
            connection,
            "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

/// One of many client addresses: attempts from a single address are rate limited.
fn address(n: usize) -> String {
    format!("198.18.{}.{}", n / 250 % 250, n % 250)
}

/// The session cookie of a sign-in response.
fn cookie(answer: &str) -> Outcome<String> {
    let line = answer.lines().find_map(|line| line.to_ascii_lowercase().starts_with("set-cookie: ").then(|| &line[12..]));
    Ok(line.and_then(|line| line.split(';').next()).ok_or("no session")?.to_owned())
}
