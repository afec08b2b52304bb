//! The client of a request.

/// Address and User-Agent of the client that sent a request.
#[derive(Debug, Clone)]
pub struct ClientInfo {
    /// IP address.
    pub address: String,
    /// The User-Agent, shortened.
    pub client: String,
}

impl ClientInfo {
    /// The client info of an operator's command.
    pub fn command_line() -> Self {
        Self { address: "local".to_owned(), client: "command line".to_owned() }
    }
}
