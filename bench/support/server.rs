//! A server under measurement, and a minimal HTTP client.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::Outcome;

/// A running server; killed on drop.
pub struct Server {
    pub child: Child,
    pub address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts the release binary with the data of the folder.
    pub fn portal(folder: &Path) -> Outcome<Self> {
        let address = free_address()?;
        let mut command = Command::new("target/release/registry-tokens");
        command
            .arg("serve")
            .env("REGISTRY_TOKENS_DATA", folder.join("data"))
            .env("REGISTRY_TOKENS_PER_PERSON", "1000000")
            .env("REGISTRY_TOKENS_PER_PROJECT", "1000000")
            // Clients set their own address in X-Forwarded-For.
            .env("REGISTRY_TOKENS_TRUSTED_PROXIES", "127.0.0.1/32")
            .env("LEPTOS_SITE_ADDR", &address);
        Self::start(&mut command, address, "/readyz")
    }

    /// Starts a command that listens on this address, and waits until it responds to `path`.
    pub fn start(command: &mut Command, address: String, path: &str) -> Outcome<Self> {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Self { child, address };
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if let Ok(stream) = TcpStream::connect(&server.address)
                && get(&mut BufReader::new(stream), path, "", false).is_ok()
            {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("a server did not start".into())
    }
}

/// A local address with a free port.
pub fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// Sends one GET request, reads the body and discards it; returns the status code.
pub fn get(connection: &mut BufReader<TcpStream>, path: &str, credentials: &str, keep: bool) -> Outcome<u16> {
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
