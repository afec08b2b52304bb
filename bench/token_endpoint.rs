//! What a token request costs, beside docker-registry's own htpasswd on the same machine.
//!
//! Starts the release binary on SQLite with 1,000 tokens and docker-registry with an htpasswd file, asks each many
//! times, and reads the CPU time of each process from `/proc`. Run by `make bench`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use registry_tokens::{
    models::token::TokenType,
    server::{
        catalogue::{check, import},
        clock::Clock,
        config::Config,
        service::{Actor, Origin, tokens, tokens::NewTokenRequest},
        state::AppState,
        store::accounts,
    },
};

const TOKENS: usize = 1_000;
const REQUESTS: u32 = 4_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let folder = std::env::temp_dir().join(format!("registry-tokens-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let outcome = measure(&folder);
    fs::remove_dir_all(&folder)?;
    outcome
}

fn measure(folder: &Path) -> Outcome<()> {
    let credentials = tokio::runtime::Runtime::new()?.block_on(seed(folder))?;
    let portal = Server::portal(folder)?;
    std::thread::sleep(Duration::from_secs(1));
    println!("registry-tokens, idle, {TOKENS} tokens: {:.1} MB resident", portal.resident()? as f64 / 1e6);
    let scope = "repository:bench/app:pull";
    let mut asked = credentials.iter().cycle();
    let mut pull = || format!("/token?service=registry.example.test&scope={scope}|{}", asked.next().map_or("", String::as_str));
    portal.report("registry-tokens, one connection", true, &mut pull)?;
    portal.report("registry-tokens, a connection each", false, &mut pull)?;

    let registry = Server::registry(folder)?;
    let mut login = || format!("/v2/|{}", STANDARD.encode("bench:bench"));
    registry.report("docker-registry htpasswd, one connection", true, &mut login)?;
    registry.report("docker-registry htpasswd, a connection each", false, &mut login)?;
    Ok(())
}

/// A project with tokens; returns their credentials as Basic auth has them.
async fn seed(folder: &Path) -> Outcome<Vec<String>> {
    let data = folder.join("data").display().to_string();
    let config = Config::read("", |name| match name {
        "REGISTRY_TOKENS_DATA" => Some(data.clone()),
        "REGISTRY_TOKENS_PER_PERSON" => Some("1000000".to_owned()),
        _ => None,
    })?;
    let state = AppState::open(config, Clock::System).await?;
    let today = state.clock.today();
    let catalogue = format!(
        r#"{{"products": [{{"key": "bench", "name": "Bench", "repositories": ["bench/*"]}}],
            "users": [{{"email": "admin@bench.example", "name": "Admin"}}],
            "projects": [{{"key": "BENCH", "name": "Bench",
              "subscriptions": [{{"product": "bench", "starts": "{today}", "ends": "{}"}}],
              "members": [{{"email": "admin@bench.example", "role": "admin"}}]}}]}}"#,
        today.plus(365)
    );
    let catalogue = check::check(&catalogue).map_err(|errors| errors.join("\n"))?;
    import::import(&state, &catalogue, false).await.map_err(|_| "the catalogue was not imported")?;
    let user = accounts::user_by_email(&mut state.db.reader(), "admin@bench.example").await?.ok_or("no user")?;
    let actor = Actor { user_id: user.id, email: user.email, name: user.name, origin: Origin::command_line() };
    let mut credentials = Vec::with_capacity(TOKENS);
    for n in 0..TOKENS {
        let request = NewTokenRequest { name: format!("token-{n}"), kind: TokenType::User, service_user: None };
        let made = tokens::generate(&state, &actor, "BENCH", &request).await.map_err(|error| format!("{error:?}"))?;
        credentials.push(STANDARD.encode(format!("{}:{}", made.login_name, made.secret)));
    }
    state.db.close().await;
    Ok(credentials)
}

/// A server under measurement; it ends with this value.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn portal(folder: &Path) -> Outcome<Self> {
        let address = free_address()?;
        let binary = PathBuf::from("target/release/registry-tokens");
        let child = Command::new(binary)
            .arg("serve")
            .env("REGISTRY_TOKENS_DATA", folder.join("data"))
            .env("LEPTOS_SITE_ADDR", &address)
            .stderr(Stdio::null())
            .spawn()?;
        Self { child, address }.wait_until_it_answers("/readyz")
    }

    fn registry(folder: &Path) -> Outcome<Self> {
        let address = free_address()?;
        // bcrypt at its default cost, the only kind that docker-registry takes.
        let made = Command::new("htpasswd").args(["-Bbn", "bench", "bench"]).output()?;
        fs::write(folder.join("htpasswd"), made.stdout)?;
        let config = format!(
            "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {0}/registry}}}}\n\
             http: {{addr: '{address}', secret: bench}}\nauth: {{htpasswd: {{realm: bench, path: {0}/htpasswd}}}}\n",
            folder.display()
        );
        fs::write(folder.join("config.yml"), config)?;
        let child = Command::new("docker-registry")
            .arg("serve")
            .arg(folder.join("config.yml"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Self { child, address }.wait_until_it_answers("/")
    }

    fn wait_until_it_answers(self, path: &str) -> Outcome<Self> {
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if let Ok(stream) = TcpStream::connect(&self.address)
                && get(&mut BufReader::new(stream), path, "", false).is_ok()
            {
                return Ok(self);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("a server did not start".into())
    }

    /// Asks `REQUESTS` times and prints what each cost this server. `next` gives path and credentials, parted by `|`.
    fn report(&self, name: &str, keep: bool, next: &mut dyn FnMut() -> String) -> Outcome<()> {
        let mut connection = BufReader::new(TcpStream::connect(&self.address)?);
        let mut ask = |connection: &mut BufReader<TcpStream>| -> Outcome<()> {
            let question = next();
            let (path, credentials) = question.split_once('|').unwrap_or((&question, ""));
            if !keep {
                *connection = BufReader::new(TcpStream::connect(&self.address)?);
            }
            match get(connection, path, credentials, keep)? {
                200 => Ok(()),
                status => Err(format!("{name}: status {status}").into()),
            }
        };
        for _ in 0..REQUESTS / 10 {
            ask(&mut connection)?;
        }
        let (cpu, began) = (self.cpu()?, Instant::now());
        for _ in 0..REQUESTS {
            ask(&mut connection)?;
        }
        let wall = began.elapsed();
        let cpu = self.cpu()? - cpu;
        println!(
            "{name}: {:.0} µs of CPU, {:.0} µs in all",
            cpu.as_micros() as f64 / f64::from(REQUESTS),
            wall.as_micros() as f64 / f64::from(REQUESTS)
        );
        Ok(())
    }

    /// User and system time of the process so far, in steps of 10 ms.
    fn cpu(&self) -> Outcome<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = stat.rsplit_once(')').ok_or("/proc/…/stat")?.1.split_whitespace().collect();
        let ticks = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Resident memory in bytes.
    fn resident(&self) -> Outcome<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.split_whitespace().nth(1).ok_or("no VmRSS")?.parse::<u64>()? * 1024)
    }
}

fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// One GET; returns the status and reads the body away.
fn get(connection: &mut BufReader<TcpStream>, path: &str, credentials: &str, keep: bool) -> Outcome<u16> {
    let keep = if keep { "keep-alive" } else { "close" };
    let authorization = if credentials.is_empty() { String::new() } else { format!("Authorization: Basic {credentials}\r\n") };
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: {keep}\r\nUser-Agent: bench/1\r\n{authorization}\r\n");
    connection.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).ok_or("no status line")?.parse()?;
    let mut length = 0;
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    Ok(status)
}
