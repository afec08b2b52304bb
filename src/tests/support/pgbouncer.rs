//! A real pgbouncer in front of the test server, if it is installed.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use url::Url;

use super::TestApp;

/// A running pgbouncer; killed on drop.
pub struct Pgbouncer {
    process: Child,
    address: String,
}

impl Pgbouncer {
    /// Starts pgbouncer in front of this test's database, with a `default_pool_size` and more lines of settings. `None` if it is
    /// not installed.
    pub fn start(app: &TestApp, pool_size: u32, more: &str) -> Option<Self> {
        let program = installed()?;
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let server = Url::parse(&app.state.config.database_url).expect("the tests' server");
        let place = format!(
            "host={} port={} dbname={} user={} {}",
            server.host_str().expect("a host"),
            server.port().unwrap_or(5432),
            server.path().trim_start_matches('/'),
            server.username(),
            server.password().map(|password| format!("password={password}")).unwrap_or_default(),
        );
        let settings = format!(
            "[databases]\nsession = {place} pool_mode=session\ntransaction = {place} pool_mode=transaction\n[pgbouncer]\n\
             listen_addr = {}\nlisten_port = {}\nunix_socket_dir =\nauth_type = any\ndefault_pool_size = {pool_size}\n{more}\n",
            address.ip(),
            address.port()
        );
        let file = app.state.config.data.with_file_name(format!("pgbouncer-{}.ini", address.port()));
        fs::write(&file, settings).expect("a file");
        let mut command = Command::new(program);
        // pgbouncer refuses to run as root.
        if rustix::process::getuid().is_root() {
            command.args(["-u", "nobody"]);
        }
        let process = command.arg("-q").arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("pgbouncer starts");
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "pgbouncer answers");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(Self { process, address: address.to_string() })
    }

    /// The database URL for a `pool_mode`: `session` or `transaction`.
    pub fn url(&self, mode: &str) -> String {
        format!("postgres://portal@{}/{mode}", self.address)
    }
}

impl Drop for Pgbouncer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The path of pgbouncer. Debian installs it in /usr/sbin, which is not in a user's PATH.
fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("pgbouncer")).find(|program| program.is_file())
}
