//! Measures the cost of a token request, compared with docker-registry's own htpasswd authentication on the same machine.
//!
//! Starts the release binary on SQLite with 1,000 tokens and docker-registry with an htpasswd file, sends each many
//! requests, and reads the CPU time of each process from `/proc`. Started by `make bench`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

mod support;

#[path = "support/resident.rs"]
mod resident;

use std::{
    fs,
    io::BufReader,
    net::TcpStream,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use registry_tokens::{
    models::new_token::NewTokenRequest,
    server::{accounts::store as accounts, actor::Actor, client_info::ClientInfo, tokens},
};
use support::{
    Folder, Outcome,
    server::{Server, free_address, get},
};

const TOKENS: usize = 1_000;
const REQUESTS: usize = 4_000;
/// Concurrent clients.
const MANY: usize = 8;

fn main() -> Outcome<()> {
    let folder = Folder::new()?;
    measure(folder.path())
}

fn measure(folder: &Path) -> Outcome<()> {
    let credentials = tokio::runtime::Runtime::new()?.block_on(seed(folder))?;
    let portal = Measured(Server::portal(folder)?);
    std::thread::sleep(Duration::from_secs(1));
    println!("registry-tokens, idle, {TOKENS} tokens: {:.1} MB resident", resident::resident(&portal.0)?);
    let pull = |credentials| format!("/token?service=registry.example.test&scope=repository:bench/app:pull|{credentials}");
    portal.report("registry-tokens", &credentials.iter().map(pull).collect::<Vec<_>>())?;

    let registry = Measured(registry(folder)?);
    registry.report("docker-registry htpasswd", &[format!("/v2/|{}", STANDARD.encode("bench:bench"))])?;
    Ok(())
}

/// Creates a project with tokens; returns their credentials, encoded for Basic authentication.
async fn seed(folder: &Path) -> Outcome<Vec<String>> {
    let state = support::open(folder).await?;
    let today = state.clock.today();
    let catalogue = format!(
        r#"{{"products": [{{"key": "bench", "name": "Bench", "repositories": ["bench/*"]}}],
            "users": [{{"email": "admin@bench.example", "name": "Admin"}}],
            "projects": [{{"key": "BENCH", "name": "Bench",
              "subscriptions": [{{"product": "bench", "starts": "{today}", "ends": "{}"}}],
              "members": [{{"email": "admin@bench.example", "role": "admin"}}]}}]}}"#,
        today.plus(365)
    );
    support::import(&state, &catalogue).await?;
    let user = accounts::user_by_email(&mut state.db.reader(), "admin@bench.example").await?.ok_or("no user")?;
    let actor = Actor { user_id: user.id, email: user.email, name: user.name, origin: ClientInfo::command_line() };
    let mut credentials = Vec::with_capacity(TOKENS);
    for n in 0..TOKENS {
        let request = NewTokenRequest { name: format!("token-{n}"), ..NewTokenRequest::default() };
        let made = tokens::generate(&state, &actor, "BENCH", &request).await.map_err(|error| format!("{error:?}"))?;
        credentials.push(STANDARD.encode(format!("{}:{}", made.login_name, made.secret)));
    }
    state.db.close().await;
    Ok(credentials)
}

/// Starts docker-registry with an htpasswd file.
fn registry(folder: &Path) -> Outcome<Server> {
    let address = free_address()?;
    // bcrypt at its default cost; docker-registry accepts no other hash.
    let made = Command::new("htpasswd").args(["-Bbn", "bench", "bench"]).output()?;
    fs::write(folder.join("htpasswd"), made.stdout)?;
    let config = format!(
        "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {0}/registry}}}}\n\
         http: {{addr: '{address}', secret: bench}}\nauth: {{htpasswd: {{realm: bench, path: {0}/htpasswd}}}}\n",
        folder.display()
    );
    fs::write(folder.join("config.yml"), config)?;
    Server::start(Command::new("docker-registry").arg("serve").arg(folder.join("config.yml")), address, "/")
}

/// A server whose CPU time is measured.
struct Measured(Server);

impl Measured {
    /// Prints the cost per request over `REQUESTS` requests. A question is a path and credentials, separated by `|`.
    ///
    /// With many concurrent clients the server stays busy, as under real load. With a single client it sleeps between two
    /// requests, and the kernel's work to suspend and wake it counts as its CPU time.
    fn report(&self, name: &str, questions: &[String]) -> Outcome<()> {
        self.ask(questions, MANY, true, REQUESTS / 10)?;
        for (manner, clients, keep) in
            [("many at once", MANY, true), ("one after the other", 1, true), ("a connection each", 1, false)]
        {
            let (cpu, began) = (self.cpu()?, Instant::now());
            self.ask(questions, clients, keep, REQUESTS)?;
            let (cpu, wall) = (self.cpu()? - cpu, began.elapsed());
            println!(
                "{name}, {manner}: {:.0} µs of CPU, {:.0} µs in all",
                cpu.as_micros() as f64 / REQUESTS as f64,
                wall.as_micros() as f64 / REQUESTS as f64
            );
        }
        Ok(())
    }

    /// Sends `times` requests from `clients` concurrent clients.
    fn ask(&self, questions: &[String], clients: usize, keep: bool, times: usize) -> Outcome<()> {
        let client = |first: usize| -> Result<(), String> {
            let connect = || TcpStream::connect(&self.0.address).map(BufReader::new).map_err(|cause| cause.to_string());
            let mut connection = connect()?;
            for at in (first..times).step_by(clients) {
                let question = &questions[at % questions.len()];
                let (path, credentials) = question.split_once('|').unwrap_or((question, ""));
                if !keep {
                    connection = connect()?;
                }
                match get(&mut connection, path, credentials, keep).map_err(|cause| cause.to_string())? {
                    200 => {}
                    status => return Err(format!("{path}: status {status}")),
                }
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..clients).map(|first| scope.spawn(move || client(first))).collect();
            running.into_iter().try_for_each(|client| client.join().map_err(|_| "a client panicked")?.map_err(Into::into))
        })
    }

    /// User and system time of the process so far, in steps of 10 ms.
    fn cpu(&self) -> Outcome<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.child.id()))?;
        let fields: Vec<&str> = stat.rsplit_once(')').ok_or("/proc/…/stat")?.1.split_whitespace().collect();
        let ticks = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
        Ok(Duration::from_millis(ticks * 10))
    }
}
