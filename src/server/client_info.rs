//! Where a request comes from.

/// Address and program of the client that sent a request.
#[derive(Debug, Clone)]
pub struct ClientInfo {
    /// IP address.
    pub address: String,
    /// The User-Agent, shortened.
    pub client: String,
}

impl ClientInfo {
    /// The operator at the command line.
    pub fn command_line() -> Self {
        Self { address: "local".to_owned(), client: "command line".to_owned() }
    }
}
