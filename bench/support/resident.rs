//! The memory of a server under measurement.

use std::fs;

use super::support::{Outcome, server::Server};

/// Resident memory in MB.
pub fn resident(server: &Server) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", server.child.id()))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: u32 = line.split_whitespace().nth(1).ok_or("no VmRSS")?.parse()?;
    Ok(f64::from(kilobytes) * 1024.0 / 1e6)
}
