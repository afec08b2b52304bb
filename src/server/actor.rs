//! Who asks.

use super::client_info::ClientInfo;

/// The user behind a request.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub origin: ClientInfo,
}
